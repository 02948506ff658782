namespace Topology.Engine;

/// <summary>Where a run is in its life.</summary>
public enum RunState
{
    /// <summary>Bolts are prepared and spouts opened. Ends when all are, or one throws.</summary>
    Starting,

    /// <summary>Spouts are asked for tuples. Ends by deactivation, a stop, the end of all input or a failure.</summary>
    Active,

    /// <summary>Spouts are not asked; bolts work off what is there. Ends by activation or a stop. A run submitted inactive opens nothing until then.</summary>
    Inactive,

    /// <summary>Spouts have ended; what is on its way is worked off, then bolts finish, upstream first. Ends when all did, or at the drain timeout.</summary>
    Draining,

    /// <summary>Every spout was exhausted and every tree done; everything is cleaned up. For good.</summary>
    Completed,

    /// <summary>Stopped on request; everything is cleaned up. For good.</summary>
    Stopped,

    /// <summary>Ended by an error, which the result carries; everything is cleaned up. For good.</summary>
    Failed,
}
