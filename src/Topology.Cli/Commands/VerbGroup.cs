namespace Topology.Cli;

/// <summary>What commands are about.</summary>
internal enum VerbGroup
{
    /// <summary>A topology in this process.</summary>
    Local,

    /// <summary>The daemon itself.</summary>
    Daemon,

    /// <summary>What runs, and how.</summary>
    Change,

    /// <summary>What is to be seen.</summary>
    Look,

    /// <summary>The program itself.</summary>
    Program,
}
