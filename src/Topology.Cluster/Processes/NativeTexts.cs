using System.Runtime.InteropServices;

namespace Topology.Cluster;

/// <summary>Texts as a system call takes them: UTF-8 with a zero at the end, and a list of them with a null at its end.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly int _count;

    /// <exception cref="ProcessException">A text has a zero within, which would cut it.</exception>
    public NativeTexts(IReadOnlyList<string> texts)
    {
        if (texts.FirstOrDefault(text => text.Contains('\0')) is { } cut) throw new ProcessException($"No process can be given a text with a zero character: '{cut.Replace("\0", "\\0", StringComparison.Ordinal)}'.");
        List = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (_count = 0; _count < texts.Count; _count++) List[_count] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[_count]);
    }

    /// <summary>The list.</summary>
    public byte** List { get; }

    public void Dispose()
    {
        for (var i = 0; i < _count; i++) Marshal.FreeCoTaskMem((nint)List[i]);
        NativeMemory.Free(List);
    }
}
