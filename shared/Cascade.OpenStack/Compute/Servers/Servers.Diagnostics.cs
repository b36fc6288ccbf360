using System.Text.Json.Nodes;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>What a running guest uses, as its hypervisor counts it; for administrators. Conflict when it does not run.</summary>
public sealed partial class Servers
{
    /// <summary>The same members of every hypervisor (2.48, nova/objects/diagnostics.py).</summary>
    public Task<JsonObject> DiagnosticsAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.SendAsync(
            scope,
            ApiRequest.Get(ServerPaths.Diagnostics(id)) with { Floor = new(2, 48), FloorReason = "diagnostics in one shape" },
            ComputeJson.Default.JsonObject,
            cancelled);

    /// <summary>The hypervisor's own members, as before 2.48.</summary>
    public Task<JsonObject> DriverDiagnosticsAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.SendAsync(scope, ApiRequest.Get(ServerPaths.Diagnostics(id)) with { Ceiling = new(2, 47) }, ComputeJson.Default.JsonObject, cancelled);
}
