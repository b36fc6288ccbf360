using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.FloatingIps;
using Cascade.L3Proxy.Interfaces;
using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Routers;

/// <summary>
/// Does what a plan says, in the one order in which the child takes it: what hangs on something goes before it and comes after it. Each step may be done twice. What the
/// child refuses becomes an obstacle and the next step is done; any other failure ends the look, which is begun anew.
/// </summary>
internal sealed class RouterSteps(ChildCloud child, ChildNetworks networks, ExternalNetworks external, IQosPolicies policies, ILogger<RouterSteps> log)
{
    NetworkClient Neutron => child.Cloud.Network;

    /// <returns>What the child refused, and the floating IPs among it with the reason.</returns>
    public async Task<Obstacles> DoAsync(RouterPlan plan, RouterSight seen, CancellationToken cancelled)
    {
        var refused = new Obstacles();
        var (id, project) = (seen.Router.Id, await networks.ProjectAsync(cancelled));
        var says = plan.SaysNdpProxy;
        await TryAsync(plan.FewerRoutes is not null, () => RoutesAsync(id, plan.FewerRoutes!, says, cancelled), "routes", refused);
        foreach (var ip in plan.LooseFloatingIps)
        {
            await TryAsync(true, () => LoseUnmovedAsync(ip, cancelled), $"the end of floating IP {ip.Address}", refused);
        }

        foreach (var port in plan.LooseInterfaces)
        {
            await TryAsync(true, () => LoseAsync(port, id, project, cancelled), $"the end of interface {port.Id}", refused);
        }

        await TryAsync(plan.Attributes is not null, () => Neutron.Routers.UpdateAsync(Scope.Own, id, plan.Attributes!.Update, cancelled), $"{plan.Attributes}", refused);
        // One that is about to lose its gateway says that it answers for nothing: the child refuses anything else.
        says = plan.MovesGateway && says is not null ? false : says;
        await TryAsync(plan.Gateway is not null, () => GatewayAsync(id, plan.Gateway!, says, cancelled), "the gateway", refused);
        foreach (var wanted in plan.MissingInterfaces)
        {
            await TryAsync(true, () => MakeAsync(wanted, id, project, cancelled), $"interface {wanted.ParentPortId}", refused);
        }

        foreach (var (port, wanted) in plan.ChangedInterfaces)
        {
            await TryAsync(true, () => Actuator(wanted, id, project).UpdateAsync(port, wanted, cancelled), $"addresses of interface {wanted.ParentPortId}", refused);
        }

        await TryAsync(plan.TurnsOnNdpProxy, TurnOnAsync, "enable_ndp_proxy", refused);
        await TryAsync(plan.Routes is not null, () => RoutesAsync(id, plan.Routes!, says, cancelled), "routes", refused);
        foreach (var ip in plan.ReleasedFloatingIps)
        {
            await TryAsync(true, () => Neutron.FloatingIps.UpdateAsync(Scope.Own, ip.Id, new() { PortId = null }, cancelled), $"that floating IP {ip.Address} lets go", refused);
        }

        foreach (var wanted in plan.MissingFloatingIps)
        {
            await TryAsync(true, () => MakeAsync(wanted, project, cancelled), $"floating IP {wanted.Address}", refused, wanted.ParentId);
        }

        foreach (var (ip, wanted) in plan.ChangedFloatingIps)
        {
            await TryAsync(true, () => MoveAsync(ip, wanted, project, cancelled), $"floating IP {wanted.Address}", refused, wanted.ParentId);
        }

        return refused;

        async Task TurnOnAsync()
        {
            await Neutron.Routers.UpdateAsync(Scope.Own, id, new() { EnableNdpProxy = true }, cancelled);
            says = true;
        }
    }

    /// <summary>Says on the child's gateway port for which port of the parent it stands.</summary>
    public Task StampAsync(Port gateway, string parentPortId, CancellationToken cancelled) =>
        Gone.IsFineAsync(() => Neutron.Ports.UpdateAsync(Scope.Own, gateway.Id, new() { Description = Stamp.Of(parentPortId) }, cancelled));

    static async Task TryAsync(bool needed, Func<Task> step, string what, Obstacles refused, string? floatingIp = null)
    {
        if (!needed)
        {
            return;
        }

        try
        {
            await step();
        }
        catch (CloudFault fault) when (Faults.IsFinal(fault) || fault.Kind is FaultKind.Conflict or FaultKind.NotFound)
        {
            // What the gateway cannot, only an operator of the child changes.
            refused.Add($"the child does not take {what}: {Faults.Text(fault)}", Faults.IsFinal(fault) || fault.Code is NetworkError.RouterGatewayNotValid, floatingIp, IsTaken(fault));
        }
        catch (RefusedException refusal)
        {
            refused.Add(refusal.Message, isFinal: true, floatingIp);
        }
    }

    static bool IsTaken(CloudFault fault) => fault.Code is NetworkError.IpAddressAlreadyAllocated or NetworkError.IpAddressInUse or NetworkError.MacAddressInUse;

    Task<Router> RoutesAsync(string id, IReadOnlyList<HostRoute> routes, bool? saysNdpProxy, CancellationToken cancelled) =>
        Neutron.Routers.UpdateAsync(Scope.Own, id, new() { Routes = routes, EnableNdpProxy = saysNdpProxy }, cancelled);

    async Task GatewayAsync(string id, ExternalGatewayRequest gateway, bool? saysNdpProxy, CancellationToken cancelled)
    {
        await OutsideAsync(gateway.NetworkId, gateway.QosPolicyId.Value, () => Neutron.Routers.UpdateAsync(Scope.Own, id, new() { ExternalGatewayInfo = gateway, EnableNdpProxy = saysNdpProxy }, cancelled));
        Log.GatewaySet(log, id, gateway == ExternalGatewayRequest.None ? "none" : string.Join(", ", gateway.ExternalFixedIps?.Select(ip => ip.IpAddress) ?? []));
    }

    async Task MakeAsync(WantedInterface wanted, string id, string project, CancellationToken cancelled)
    {
        var actuator = Actuator(wanted, id, project);
        try
        {
            var made = await new Mirror<WantedInterface, Port>(actuator, log).EnsureAsync(wanted.ParentPortId, new BookLink(null), _ => Task.FromResult(wanted), cancelled);
            await actuator.AttachAsync(made.Seen, cancelled);
            Log.InterfaceAdded(log, id, made.Seen.Id, wanted.ParentPortId);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound or FaultKind.Invalid)
        {
            // Perhaps the network was made anew.
            networks.Forget(wanted.NetworkId);
            throw;
        }
        catch (CloudFault fault) when (IsTaken(fault))
        {
            await actuator.FreeAsync(cancelled);
            throw;
        }
    }

    async Task LoseAsync(Port port, string id, string project, CancellationToken cancelled)
    {
        await new InterfaceActuator(child, project, id, port.NetworkId ?? "", port.MacAddress ?? "").DeleteAsync(port, cancelled);
        Log.InterfaceRemoved(log, id, port.Id);
    }

    async Task MakeAsync(WantedFloatingIp wanted, string project, CancellationToken cancelled)
    {
        var actuator = new FloatingIpActuator(child, project, wanted.NetworkId, wanted.Address);
        await OutsideAsync(wanted.NetworkId, wanted.ChildQosPolicy, async () =>
        {
            var made = await new Mirror<WantedFloatingIp, FloatingIp>(actuator, log).EnsureAsync(wanted.ParentId, new BookLink(null), _ => Task.FromResult(wanted), cancelled);
            if (made.Origin is not Origin.Created && !RouterPlan.Leads(made.Seen, wanted))
            {
                await actuator.UpdateAsync(made.Seen, wanted, cancelled);
            }

            Log.FloatingIpLeads(log, wanted.Address, made.Seen.Id, wanted.ParentId);
        });
    }

    async Task MoveAsync(FloatingIp ip, WantedFloatingIp wanted, string project, CancellationToken cancelled)
    {
        await OutsideAsync(wanted.NetworkId, wanted.ChildQosPolicy, () => new FloatingIpActuator(child, project, wanted.NetworkId, wanted.Address).UpdateAsync(ip, wanted, cancelled));
        Log.FloatingIpLeads(log, wanted.Address, ip.Id, wanted.ParentId);
    }

    /// <summary>One that leads elsewhere than when it was read is another router's by now: its look was faster.</summary>
    async Task LoseUnmovedAsync(FloatingIp ip, CancellationToken cancelled)
    {
        if (await Neutron.FloatingIps.FindAsync(Scope.Own, ip.Id, cancelled) is { } now && (now.RouterId is null || now.RouterId == ip.RouterId))
        {
            await LoseAsync(now, cancelled);
        }
    }

    /// <summary>Takes a floating IP of ours away.</summary>
    public async Task LoseAsync(FloatingIp ip, CancellationToken cancelled)
    {
        await new FloatingIpActuator(child, ip.ProjectId ?? "", ip.FloatingNetworkId ?? "", ip.Address ?? "").DeleteAsync(ip, cancelled);
        Log.FloatingIpRemoved(log, ip.Address ?? "", ip.Id);
    }

    /// <summary>Somebody in the child may have taken the policy away, or changed the subnets outside: they are looked up anew.</summary>
    async Task OutsideAsync(string networkId, string? policyId, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound or FaultKind.Invalid)
        {
            external.Forget(networkId);
            policies.Forget(policyId ?? "");
            throw;
        }
    }

    InterfaceActuator Actuator(WantedInterface wanted, string id, string project) => new(child, project, id, wanted.NetworkId, wanted.MacAddress);
}
