namespace Topology;

/// <summary>A piece of a file, as a <see cref="FilesSpout"/> reads it.</summary>
public readonly record struct FilePiece
{
    internal FilePiece(InputFile source, long ordinal, long offset, long line, string text)
    {
        Source = source;
        Ordinal = ordinal;
        Offset = offset;
        Line = line;
        Text = text;
    }

    /// <summary>The file's path below the input's folder, with <c>/</c> between its parts; its name where the input is a file.</summary>
    public string File => Source.Name;

    /// <summary>Where the piece begins in the file, in bytes.</summary>
    public long Offset { get; }

    /// <summary>The number of the line in which it begins, from 1.</summary>
    public long Line { get; }

    /// <summary>The piece as text.</summary>
    public string Text { get; }

    internal InputFile Source { get; }

    /// <summary>How many pieces the task read before it, those before a restart included.</summary>
    internal long Ordinal { get; }
}
