using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Where consecutive rows of a batch come from and go to, as it lies on the wire: 8 bytes, little-endian.</summary>
/// <param name="Count">How many rows, at least 1.</param>
/// <param name="Target">The place of the receiving executor among those of the channel's receiver.</param>
/// <param name="Source">The index of the rows' source task and stream in the table of sources.</param>
/// <param name="Task">The receiving task's place within its executor.</param>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal record struct AddressRun(ushort Count, ushort Target, ushort Source, ushort Task);
