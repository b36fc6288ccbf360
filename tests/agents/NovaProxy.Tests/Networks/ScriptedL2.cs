using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Networks;

/// <summary>
/// Plays the other agent between two fake clouds: a port of the parent that is bound to our host gets one in the child, with the same MAC and addresses, on a
/// network that carries the stamp; the parent's becomes active when the child's is; both go together.
/// </summary>
sealed class ScriptedL2(FakeCloud parent, FakeCloud child, string host) : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, string> mirrored = new(StringComparer.Ordinal);
    readonly CancellationTokenSource stop = new();
    Task playing = Task.CompletedTask;

    /// <summary>It makes nothing.</summary>
    public bool Holds { get; set; }

    /// <summary>It takes nothing away.</summary>
    public bool Keeps { get; set; }

    /// <summary>It says nothing to the parent.</summary>
    public bool IsMute { get; set; }

    /// <summary>Called after ports were made in the child.</summary>
    public Action? Made { get; set; }

    /// <summary>Called after a port of the parent became active; gets the port.</summary>
    public Func<JsonObject, Task>? Plugged { get; set; }

    public IReadOnlyDictionary<string, string> Mirrored => mirrored;

    public void Play() => playing = PlayAsync();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await playing;
        stop.Dispose();
    }

    async Task PlayAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            await parent.UntilAsync(_ => stop.IsCancellationRequested || HasWork(), TimeSpan.FromHours(1));
            Mirror();
            await ReportAsync();
        }
    }

    bool HasWork() => Missing().Any() || Superfluous().Any() || Silent().Any();

    IEnumerable<JsonObject> Bound() => parent.Neutron.Ports.Where(port => (string?)port["binding:host_id"] == host && (string?)port["binding:vif_type"] == "ovs");

    IEnumerable<JsonObject> Missing() => Holds ? [] : Bound().Where(port => !mirrored.ContainsKey((string)port["id"]!));

    IEnumerable<string> Superfluous() => Keeps ? [] : mirrored.Keys.Except(Bound().Select(port => (string)port["id"]!));

    IEnumerable<(string Id, string Status)> Silent() => IsMute ? [] :
        from port in Bound()
        where mirrored.ContainsKey((string)port["id"]!)
        let status = (string?)child.Neutron.Find("ports", mirrored[(string)port["id"]!])?["status"] ?? "DOWN"
        where status != (string?)port["status"]
        select ((string)port["id"]!, status);

    void Mirror()
    {
        foreach (var port in Missing().ToList())
        {
            var made = child.Neutron.Make("ports", (string)port["project_id"]!, new()
            {
                ["network_id"] = Network((string)port["network_id"]!, (string)port["project_id"]!),
                ["mac_address"] = port["mac_address"]!.DeepClone(),
                ["fixed_ips"] = new JsonArray([.. port["fixed_ips"]!.AsArray().Select(ip => (JsonNode)new JsonObject { ["ip_address"] = ip!["ip_address"]!.DeepClone() })]),
                ["admin_state_up"] = port["admin_state_up"]?.DeepClone(),
                ["description"] = $"cascade:{port["id"]}",
            });
            mirrored[(string)port["id"]!] = (string)made["id"]!;
            Made?.Invoke();
        }

        foreach (var id in Superfluous().ToList())
        {
            if (mirrored.TryRemove(id, out var gone) && child.Neutron.Find("ports", gone) is not null)
            {
                child.Neutron.Vanish("ports", gone);
            }
        }
    }

    async Task ReportAsync()
    {
        foreach (var (id, status) in Silent().ToList())
        {
            parent.Neutron.SetPortStatus(id, status);
            if (status == "ACTIVE" && Plugged is { } plugged && parent.Neutron.Find("ports", id) is { } port)
            {
                await plugged(port);
            }
        }
    }

    /// <summary>In our own project, shared with the tenant.</summary>
    string Network(string id, string project)
    {
        var ours = child.Keystone.ProjectId;
        var stamp = $"cascade:{id}";
        var there = child.Neutron.Networks.FirstOrDefault(network => (string?)network["description"] == stamp && (string?)network["project_id"] == ours);
        if (there is null)
        {
            there = child.Neutron.Make("networks", ours, new() { ["name"] = parent.Neutron.Find("networks", id)!["name"]!.DeepClone(), ["description"] = stamp });
            foreach (var subnet in parent.Neutron.Subnets.Where(subnet => (string?)subnet["network_id"] == id))
            {
                child.Neutron.Make("subnets", ours, new()
                {
                    ["network_id"] = there["id"]!.DeepClone(), ["cidr"] = subnet["cidr"]!.DeepClone(), ["ip_version"] = subnet["ip_version"]!.DeepClone(), ["enable_dhcp"] = false,
                });
            }

            child.Neutron.Make("rbac-policies", ours, new()
            {
                ["object_type"] = "network", ["object_id"] = there["id"]!.DeepClone(), ["action"] = "access_as_shared", ["target_tenant"] = project,
            });
        }

        return (string)there["id"]!;
    }
}
