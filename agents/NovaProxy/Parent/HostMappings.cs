using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Parent;

/// <summary>Whether the parent's cells know our host: until then a server sent to it ends in cell0 (nova/objects/host_mapping.py).</summary>
internal enum HostMapped
{
    No,
    Yes,

    /// <summary>The conductor that answered has no API database, as with separate cell conductors: only the operator can see it.</summary>
    Unknown,
}

/// <inheritdoc cref="HostMapped"/>
internal sealed class HostMappings(IConductor conductor, HostIdentity identity)
{
    public async Task<HostMapped> ReadAsync(CancellationToken cancelled)
    {
        try
        {
            // The answer names the cell's database and bus with their passwords: it is not kept and not logged.
            await conductor.ClassActionAsync(RequestIds.Admin(), NovaObjects.HostMapping, "get_by_host", new(identity.Host), [], cancelled);
            return HostMapped.Yes;
        }
        catch (RpcFault fault) when (fault.Is("HostMappingNotFound"))
        {
            return HostMapped.No;
        }
        catch (RpcFault)
        {
            return HostMapped.Unknown;
        }
    }
}
