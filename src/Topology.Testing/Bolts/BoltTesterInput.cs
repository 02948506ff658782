namespace Topology.Testing;

/// <summary>One of the streams that a bolt under test receives; from <see cref="BoltTester.From"/>.</summary>
public readonly struct BoltTesterInput
{
    private readonly BoltTester _tester;
    private readonly TestInput _input;

    internal BoltTesterInput(BoltTester tester, TestInput input)
    {
        _tester = tester;
        _input = input;
    }

    /// <summary>Gives the bolt a tuple of this stream.</summary>
    /// <inheritdoc cref="BoltTester.Execute(ReadOnlySpan{Value})"/>
    public FedTuple Execute(params ReadOnlySpan<Value> values) => _tester.Execute(_input, values);
}
