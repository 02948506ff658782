namespace Topology.EndToEnd.Tests;

/// <summary>What a command of the command line ended with.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Out">What it was asked for.</param>
/// <param name="Error">Everything else that it said.</param>
internal sealed record CommandAnswer(int Code, string Out, string Error);
