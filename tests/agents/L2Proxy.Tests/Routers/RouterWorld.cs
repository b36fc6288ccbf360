using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.L3;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support.Parent;
using Microsoft.Extensions.Time.Testing;

namespace L2Proxy.Tests.Routers;

/// <summary>A parent with a network inside, one outside, and two hosts with L3 agents; what it says is kept.</summary>
sealed class RouterWorld
{
    public const string Here = "child-1";
    public const string There = "child-2";

    readonly InProcessCaller caller;
    readonly List<FakeNotice> told = [];

    public RouterWorld()
    {
        Parent = new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)));
        caller = new(Parent);
        Parent.Told += told.Add;
        Parent.AddL3Agent(Here);
        Parent.AddL3Agent(There);
        Inside = Parent.AddNetwork("inside");
        Subnet = Parent.AddSubnet(Inside);
        Outside = Parent.AddNetwork("outside", network => network["router:external"] = true);
        OutsideSubnet = Parent.AddSubnet(Outside, "203.0.113.0/24");
        Router = Parent.AddRouter();
        told.Clear();
    }

    public FakeNeutronServer Parent { get; }

    public string Inside { get; }

    public string Subnet { get; }

    public string Outside { get; }

    public string OutsideSubnet { get; }

    public string Router { get; }

    /// <summary>What was said to L3 agents since it was asked last, as <c>method host</c>.</summary>
    public IReadOnlyList<string> Told() => [.. Taken().Where(notice => notice.Topic == "l3_agent").Select(notice => $"{notice.Method} {notice.Host ?? "all"}")];

    public IReadOnlyList<FakeNotice> Taken()
    {
        var taken = told.ToList();
        told.Clear();
        return taken;
    }

    /// <summary>With its gateway and an interface, hosted here.</summary>
    public RouterWorld Wired()
    {
        Parent.SetGateway(Router, Outside);
        Parent.AddInterface(Router, Subnet);
        told.Clear();
        return this;
    }

    public async Task<TReply> AskAsync<TReply>(IPluginCall<TReply> call) => call.Read(await caller.CallAsync(
        new RpcTarget(call.SentTo, call.Method.Since), call.Method.Method, call.Arguments(), RpcContext.Admin("req-agent")));

    public async Task<NeutronRouter?> SyncAsync(string host = Here) => (await AskAsync(new SyncRouters(host, [Router]))).SingleOrDefault();

    public Task ReportAsync(string floatingIp, string status) => ReportAsync(new JsonObject { [floatingIp] = status });

    public Task ReportAsync(JsonObject statuses) => AskAsync(new UpdateFloatingIpStatuses(Router, statuses));

    public string? StatusOf(string floatingIp) => (string?)Parent.FloatingIp(floatingIp)!["status"];
}
