using System.Text;

namespace Topology.Messaging;

/// <summary>Text on its way into and out of libzmq: UTF-8 that ends with a zero byte.</summary>
internal static class NativeText
{
    /// <exception cref="ArgumentException">The text holds a zero character, at which libzmq would stop reading.</exception>
    public static byte[] ToNative(string text)
    {
        if (text.Contains('\0')) throw new ArgumentException("The text holds a zero character.", nameof(text));
        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
