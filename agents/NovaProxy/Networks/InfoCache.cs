using System.Text.Json.Nodes;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack.Network;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Networks;

/// <summary>
/// The network info of instances: read, changed and written in one turn of each instance (nova/network/neutron.py: get_instance_nw_info under
/// refresh_cache), and written only when it differs.
/// </summary>
internal sealed class InfoCache(Instances instances, InfoCaches caches, ParentPorts ports, ParentFacts facts, VirtualInterfaces interfaces)
{
    /// <summary>Turns of its own: whoever holds an instance's turn may wait here, never the other way round.</summary>
    readonly KeyedQueue turns = new(64, 8192);

    public static string IdOf(JsonNode? vif) => vif?["id"]?.GetValue<string>() ?? "";

    /// <summary>Ids of the ports that the instance has, in order.</summary>
    public static IReadOnlyList<string> PortsOf(VersionedObject row) => [.. InfoCaches.Of(row).Select(IdOf)];

    /// <summary>Those that stay when the instance goes (nova/network/neutron.py: _get_preexisting_port_ids).</summary>
    public static IReadOnlySet<string> PremadeOf(VersionedObject row) => Premade(InfoCaches.Of(row)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Writes these ports, behind those that are there already and still are the instance's.</summary>
    /// <param name="shown">The ports as they are; any that is not here is not written.</param>
    /// <param name="order">Their order.</param>
    /// <param name="premade">Which of them are not ours to delete, beside those that are written as such already.</param>
    /// <returns>What is written now.</returns>
    public Task<JsonArray> WriteAsync(
        VersionedObject instance, IReadOnlyList<Port> shown, IReadOnlyList<string> order, IReadOnlyCollection<string> premade, RpcContext context, CancellationToken cancelled) =>
        ChangeAsync(instance, context, before => ComposeAsync([.. before.Select(IdOf).Except(order), .. order], shown, [.. Premade(before), .. premade], cancelled), cancelled);

    /// <summary>One port changed: its entry is made anew, added when it is new, dropped when it is no longer the instance's.</summary>
    public Task RefreshAsync(VersionedObject instance, string portId, RpcContext context, CancellationToken cancelled) => ChangeAsync(
        instance,
        context,
        async before =>
        {
            var now = (await ports.OfAsync(instance, cancelled)).FirstOrDefault(port => port.Id == portId);
            var fresh = now is null ? null : (await ComposeAsync([portId], [now], [.. Premade(before)], cancelled))[0];
            var at = before.Select(IdOf).ToList().IndexOf(portId);
            if (at >= 0)
            {
                before.RemoveAt(at);
            }

            if (fresh is not null)
            {
                before.Insert(at < 0 ? before.Count : at, fresh.DeepClone());
            }

            return before;
        },
        cancelled);

    /// <summary>All of it anew, from the ports that Neutron shows, in the order of the interfaces (nova/network/neutron.py: _get_ordered_port_list).</summary>
    public Task HealAsync(VersionedObject instance, RpcContext context, CancellationToken cancelled) => ChangeAsync(
        instance,
        context,
        async before =>
        {
            var shown = await ports.OfAsync(instance, cancelled);
            var order = shown.Count > 1 ? (await interfaces.OfAsync(context, instance.Text("uuid")!, cancelled)).Select(one => one.Text("uuid")).OfType<string>() : [];
            var all = order.Concat(shown.Select(port => port.Id)).Distinct().ToList();
            return await ComposeAsync(all, shown, [.. Premade(before)], cancelled);
        },
        cancelled);

    /// <summary>Takes one entry out.</summary>
    /// <returns>False when it was not there.</returns>
    public async Task<bool> DropAsync(VersionedObject instance, string portId, RpcContext context, CancellationToken cancelled)
    {
        var dropped = false;
        await ChangeAsync(
            instance,
            context,
            before =>
            {
                dropped = before.FirstOrDefault(vif => IdOf(vif) == portId) is { } vif && before.Remove(vif);
                return Task.FromResult(before);
            },
            cancelled);
        return dropped;
    }

    public Task ClearAsync(VersionedObject instance, RpcContext context, CancellationToken cancelled) =>
        ChangeAsync(instance, context, _ => Task.FromResult(new JsonArray()), cancelled);

    Task<JsonArray> ChangeAsync(VersionedObject instance, RpcContext context, Func<JsonArray, Task<JsonArray>> change, CancellationToken cancelled)
    {
        var uuid = instance.Text("uuid")!;
        return turns.RunAsync(
            uuid,
            async _ =>
            {
                if (await instances.GetAsync(context.Elevated(), uuid, ["info_cache"], cancelled) is not { } row)
                {
                    // Deleted: its info cache is, too.
                    return await change([]);
                }

                var after = await change(InfoCaches.Of(row));
                if (!JsonNode.DeepEquals(after, InfoCaches.Of(row)))
                {
                    await SaveAsync(uuid, after, context, cancelled);
                }

                return after;
            },
            cancelled: cancelled);
    }

    async Task SaveAsync(string uuid, JsonArray after, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await caches.SaveAsync(context.Elevated(), uuid, after, cancelled);
        }
        catch (RpcFault gone) when (gone.Is("InstanceNotFound"))
        {
            // Deleted meanwhile.
        }
    }

    async Task<JsonArray> ComposeAsync(IReadOnlyList<string> order, IReadOnlyList<Port> shown, IReadOnlyCollection<string> premade, CancellationToken cancelled)
    {
        var there = order.Select(id => shown.FirstOrDefault(port => port.Id == id)).OfType<Port>().ToList();
        var known = await facts.OfAsync(there, cancelled);
        return [.. there.Select(port => (JsonNode)NetworkInfoModel.Vif(port, known, premade.Contains(port.Id)))];
    }

    static IEnumerable<string> Premade(JsonArray vifs) => vifs.Where(vif => vif?["preserve_on_delete"] is JsonValue flag && flag.GetValueKind() is System.Text.Json.JsonValueKind.True).Select(IdOf);
}
