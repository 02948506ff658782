namespace Topology.Cluster;

/// <summary>A record that cannot be read. It stays where it is and no other call shows it (<see cref="IStoreReader.Position"/> throws), until it is removed with what it belongs to, or, as an assignment, a supervisor or counters, replaced. A topology or a position in quarantine refuses changes.</summary>
/// <param name="Kind">What it is: <c>topologies</c>, <c>assignments</c>, <c>positions</c>…</param>
/// <param name="Key">Which one it is, as far as that can be read.</param>
/// <param name="Reason">What is wrong with it. Holds no values of settings.</param>
public sealed record QuarantinedRecord(string Kind, string Key, string Reason);
