using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Topology.Cluster;

/// <summary>
/// A secret that a process is given at its start, by a pipe: nothing of it can be seen in its arguments or environment, and no file is left. The environment says only that there is a pipe.
/// </summary>
public static class InheritedSecret
{
    /// <summary>The most bytes of a secret: what a pipe holds on every system before anybody reads it.</summary>
    public const int LargestBytes = 4096;

    internal const string VariableName = "TOPOLOGY_SECRET_DESCRIPTOR";
    internal const int Descriptor = 3;

    /// <summary>The secret, once: null if none was given, or if it was taken before. To be called at the start, by one thread.</summary>
    /// <exception cref="ProcessException">One was announced and cannot be read.</exception>
    public static byte[]? Take()
    {
        if (Environment.GetEnvironmentVariable(VariableName) is not { } text) return null;
        // Processes started from here are given none.
        Environment.SetEnvironmentVariable(VariableName, null);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor) || descriptor != Descriptor)
            throw new ProcessException($"{VariableName} is '{text}': it is for processes that this product starts, so unset it.");
        try
        {
            using var pipe = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
            var secret = new byte[LargestBytes];
            return secret[..pipe.ReadAtLeast(secret, LargestBytes, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ProcessException($"The secret that this process was to inherit cannot be read: {error.Message}", error);
        }
    }
}
