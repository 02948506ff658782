using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Topology.EndToEnd.Tests;

/// <summary>Descriptors as a careless library leaves them: without the flag that closes them in another program.</summary>
internal sealed partial class InheritableFiles : IDisposable
{
    private readonly List<SafeFileHandle> _files = [];

    public InheritableFiles(string path, int count)
    {
        Path = path;
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        for (var i = 0; i < count; i++) _files.Add(new(Duplicate(file), ownsHandle: true));
    }

    public string Path { get; }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    // What dup(2) makes is always inherited.
    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(SafeFileHandle file);
}
