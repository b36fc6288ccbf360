using System.Collections.Concurrent;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NeutronAgent.Server;

/// <summary>The time each method has, by what happened to it (neutron_lib/rpc.py: _BackingOffContextWrapper): it only ever grows, as natively.</summary>
public sealed class MethodTimeouts
{
    // rpc_response_max_timeout is ten times rpc_response_timeout (neutron_lib/rpc.py: TRANSPORT_RPC_MAX...).
    const int Most = 10;

    readonly ConcurrentDictionary<(string?, string), TimeSpan> grown = [];

    public TimeSpan Of(RpcName method, TimeSpan standard) =>
        grown.TryGetValue((method.Namespace, method.Method), out var longer) && longer > standard ? longer : standard;

    /// <returns>What it has from now on.</returns>
    public TimeSpan Double(RpcName method, TimeSpan had, TimeSpan standard)
    {
        var next = had * 2 < standard * Most ? had * 2 : standard * Most;
        return grown.AddOrUpdate((method.Namespace, method.Method), next, (_, before) => before > next ? before : next);
    }
}
