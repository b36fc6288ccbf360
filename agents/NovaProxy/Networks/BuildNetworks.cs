using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks;

/// <summary>The networks of a build: what its message asks for, and what a failure means for it.</summary>
internal sealed class BuildNetworks(Allocation allocation, ILogger<BuildNetworks> log)
{
    /// <summary>May be done again: what is there already is adopted.</summary>
    /// <exception cref="RpcFault">BuildAbortException: another host would meet the same. RescheduledException, with the reason inside: it may not.</exception>
    public async Task<IReadOnlyList<Nic>> AllocateAsync(BuildAndRunInstance build, VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var groups = (build.SecurityGroups ?? []).Select(name => name?.ToString()).OfType<string>().ToList();
        try
        {
            var allocated = await allocation.AllocateAsync(row, RequestedNics.Of(build.RequestedNetworks), groups, _ => true, context, cancelled);
            if (allocated.Nics.Count > 0)
            {
                Log.PortsBound(log, uuid, allocated.Nics.Count, string.Join(' ', allocated.Nics.Select(nic => nic.PortId)));
            }

            return allocated.Nics;
        }
        catch (RpcFault fault) when (!fault.Is("InstanceNotFound"))
        {
            throw NetworkFaults.EndsBuild(fault)
                ? NetworkFaults.BuildAbort(uuid, fault)
                : NovaFaults.Nova("RescheduledException", $"Build of instance {uuid} was re-scheduled: {fault.Message}", 500, new() { ["reason"] = fault.Message }, fault);
        }
    }
}
