namespace Cascade.L2Proxy.Ports;

/// <summary>Which ports of the child are about to change: the watch looks fast for them.</summary>
internal sealed class PortExpectations
{
    Action<string>? expect;

    public void Join(Action<string> watch) => expect = watch;

    public void Expect(string childId) => expect?.Invoke(childId);
}
