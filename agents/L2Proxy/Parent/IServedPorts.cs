namespace Cascade.L2Proxy.Parent;

/// <summary>How many ports of the parent this host serves: <c>devices</c> of the report. Register one.</summary>
internal interface IServedPorts
{
    int Count { get; }
}
