namespace Topology.Cli;

/// <summary>A column of a table over rows of one kind.</summary>
/// <param name="Header">One line, or two.</param>
/// <param name="Cell">The text of a row's cell.</param>
/// <param name="Rank">The order in which columns leave a table that is too wide: the highest first; 0 stays.</param>
/// <param name="IsText">Whether it is aligned to the left; numbers are to the right.</param>
internal sealed record Column<TRow>(string Header, Func<TRow, string> Cell, int Rank = 0, bool IsText = false);
