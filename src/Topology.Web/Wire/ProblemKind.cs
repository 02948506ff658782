namespace Topology.Web;

/// <summary>Why a request was not carried out.</summary>
internal enum ProblemKind
{
    /// <summary>What it says is wrong in itself.</summary>
    Invalid,

    /// <summary>It has no token, or a wrong one.</summary>
    Unauthorized,

    /// <summary>There is no such topology or upload.</summary>
    NotFound,

    /// <summary>There is no such route, or not with this method.</summary>
    NoRoute,

    /// <summary>It does not go with the topology's state, or a name is taken.</summary>
    Conflict,

    /// <summary>The upload is refused, or cannot be kept.</summary>
    Upload,

    /// <summary>The body is larger than the route takes.</summary>
    TooLarge,

    /// <summary>There are too many requests at once.</summary>
    TooMany,

    /// <summary>The daemon failed: its store is full or broken, it is ending, or it has an error of its own.</summary>
    Failed,
}
