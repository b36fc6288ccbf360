using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Hosts;

/// <summary>
/// The page as it is served. What is declined fails as a native method fails: with event, fault and task state back to none, so that a
/// tenant sees why and the instance is not stuck in <c>pausing</c> for ever (nova/compute/manager.py: the wrappers of each method).
/// </summary>
internal sealed class NovaEndpoint(IRpcEndpoint page, IEnumerable<RpcTableEntry> entries, InstanceBoundary boundary, DeclinedAftercare aftercare) : IRpcEndpoint
{
    static readonly Dictionary<string, NovaMethod> Methods = NovaMethods.All.ToDictionary(method => method.Name);

    readonly HashSet<string> declined = entries.Where(entry => entry.Reason is not null && entry.Namespace is null).Select(entry => entry.Method).ToHashSet();

    public Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled) =>
        request.Namespace is null && NovaProxyTable.Served.Serves(request.Version) && declined.Contains(request.Method) && Instance(request) is { } instance
            ? DeclineAsync(request, instance, cancelled)
            : page.ServeAsync(request, cancelled);

    async Task<JsonNode?> DeclineAsync(RpcRequest request, VersionedObject instance, CancellationToken cancelled)
    {
        if (!Methods.TryGetValue(request.Method, out var method) || !method.HasEvent)
        {
            return await page.ServeAsync(request, cancelled);
        }

        return await boundary.RunAsync(request.Context, instance, method.Event, DeclinedWrapping.Of(request.Method), Work, cancelled);

        async Task<JsonNode?> Work(CancellationToken cancelledInside)
        {
            try
            {
                return await page.ServeAsync(request, cancelledInside);
            }
            catch (RpcFault)
            {
                await aftercare.TakeAsync(request, instance, cancelledInside);
                throw;
            }
        }
    }

    static VersionedObject? Instance(RpcRequest request) =>
        request.Arguments.ValueKind is System.Text.Json.JsonValueKind.Object
        && request.Arguments.TryGetProperty("instance", out var instance)
        && VersionedObject.TryRead(JsonNode.Parse(instance.GetRawText()), out var read)
        && read.Text("uuid") is not null
            ? read
            : null;
}
