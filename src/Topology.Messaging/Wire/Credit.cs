using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// How much may be sent on a channel, as it lies on the wire: 24 bytes, little-endian. Absolute and counted from the channel's begin, so that one that is lost is made good by the next.
/// </summary>
/// <param name="Channel">The channel, named as its sender names it.</param>
/// <param name="Rows">The rows that may have been sent in all.</param>
/// <param name="Bytes">The bytes of rows that may have been sent in all.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Credit(Channel Channel, ulong Rows, ulong Bytes);
