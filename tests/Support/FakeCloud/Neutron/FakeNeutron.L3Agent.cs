namespace Cascade.Support;

/// <summary>
/// What an L3 agent and an Open vSwitch agent make of routers: ports are bound to the agent's host and go up, floating IPs get their status
/// (agent/l3/router_info.py, api/rpc/handlers/l3_rpc.py). It comes after the answer: before the next request or look.
/// </summary>
public sealed partial class FakeNeutron
{
    private readonly HashSet<string> unsettledPorts = new(StringComparer.Ordinal);
    private readonly HashSet<string> unsettledFloatingIps = new(StringComparer.Ordinal);
    private readonly HashSet<string> heldWork = new(StringComparer.Ordinal);

    /// <summary>What the agents make of ports of routers that are switched on.</summary>
    public string RouterPortsBecome { get; set; } = "ACTIVE";

    /// <summary>What the L3 agent says of floating IPs that lead somewhere: <c>ACTIVE</c> or <c>ERROR</c>.</summary>
    public string FloatingIpsBecome { get; set; } = "ACTIVE";

    /// <summary>Nothing comes of <c>ports</c> of routers, or of <c>floatingips</c>, until <see cref="Release"/>. An L3 agent that is not alive
    /// (<see cref="SetAgent"/>) holds both.</summary>
    public void Hold(string what) => cloud.Locked(() => heldWork.Add(what));

    public void Release(string what) => cloud.Locked(() => heldWork.Remove(what));

    /// <summary>As an agent that says so by itself; it stays until the next change.</summary>
    public void SetFloatingIpStatus(string id, string status) => cloud.Locked(() => SetFloatingStatus(collections["floatingips"].Items[id], status));

    /// <summary>Changes something by the rules, as an operator would.</summary>
    public void Alter(string path, string id, System.Text.Json.Nodes.JsonObject asked) => cloud.Locked(() => Update(Operator, collections[path], Existing(path, id), asked));

    /// <summary>Deletes something by the rules, as an operator would; see <see cref="Vanish"/> for without.</summary>
    public void Delete(string path, string id) => cloud.Locked(() => Delete(Operator, collections[path], Existing(path, id)));

    /// <summary>Does what is due. Called under the lock before anything looks.</summary>
    internal void Advance()
    {
        if (unsettledPorts.Count + unsettledFloatingIps.Count is 0 || L3Host() is not { } host)
        {
            return;
        }

        if (!heldWork.Contains("ports"))
        {
            foreach (var port in Taken(unsettledPorts, "ports"))
            {
                SettlePort(port, host);
            }
        }

        if (!heldWork.Contains("floatingips"))
        {
            foreach (var fip in Taken(unsettledFloatingIps, "floatingips"))
            {
                SettleFloatingIp(fip);
            }
        }
    }

    private List<FakeNetworkItem> Taken(HashSet<string> ids, string path)
    {
        var items = ids.Select(id => collections[path].Items.GetValueOrDefault(id)).OfType<FakeNetworkItem>().ToList();
        ids.Clear();
        return items;
    }

    private string? L3Host() => isOvn ? "" : collections["agents"].Items.Values.FirstOrDefault(agent => agent.Text("agent_type") is "L3 agent" && agent.Is("alive"))?.Text("host");

    private void SettlePort(FakeNetworkItem port, string host)
    {
        if (!IsRouters(port) || !collections["routers"].Items.TryGetValue(port.Text("device_id"), out var router))
        {
            return;
        }

        var up = router.Is("admin_state_up") && port.Is("admin_state_up");
        if (up && host.Length > 0 && port.Text("binding:host_id") != host)
        {
            Bind(port, host);
            Save(port);
        }

        SetStatus(port, up ? RouterPortsBecome : "DOWN");
    }

    private void SettleFloatingIp(FakeNetworkItem fip)
    {
        if (!collections["routers"].Items.TryGetValue(fip.Text("router_id"), out var router))
        {
            SetFloatingStatus(fip, "DOWN");
        }
        else if (router.Is("admin_state_up"))
        {
            SetFloatingStatus(fip, FloatingIpsBecome);
        }
    }

    private void SetFloatingStatus(FakeNetworkItem fip, string status)
    {
        if (fip.Text("status") != status)
        {
            fip["status"] = status;
            Save(fip);
        }
    }

    private void LookAgain(string routerId)
    {
        unsettledPorts.UnionWith(PortsOf(routerId).Select(port => port.Id));
        unsettledFloatingIps.UnionWith(Of(byRouter, routerId, "floatingips").Select(fip => fip.Id));
    }
}
