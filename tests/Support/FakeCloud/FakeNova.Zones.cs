using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Availability zones, and creates that name one, or a host.</summary>
public sealed partial class FakeNova
{
    /// <summary>An operator of the cloud puts the host into another zone; what runs there stays.</summary>
    public void MoveToZone(string host, string zone) => cloud.Locked(() => Compute(host)["zone"] = zone);

    /// <summary>An operator enables or disables the host for new servers.</summary>
    public void EnableHost(string host, bool enabled) => cloud.Locked(() => Compute(host)["status"] = enabled ? "enabled" : "disabled");

    private IEnumerable<JsonObject> Computes => services.Where(service => (string?)service["binary"] == "nova-compute");

    private JsonObject Compute(string host) => Computes.Single(service => (string?)service["host"] == host);

    private FakeAnswer ListZones() => FakeAnswer.Json(200, new JsonObject
    {
        ["availabilityZoneInfo"] = new JsonArray([.. Computes.GroupBy(service => (string)service["zone"]!).Select(zone => new JsonObject
        {
            ["zoneName"] = zone.Key,
            ["zoneState"] = new JsonObject { ["available"] = zone.Any(service => (string?)service["status"] == "enabled") },
            ["hosts"] = null,
        })]),
    });

    // nova/api/openstack/compute/servers.py: create, _process_hosts_for_create; nova/compute/api.py: create, _validate_host_or_node.
    private void CheckPlace(FakeCall call, JsonObject asked)
    {
        if ((string?)asked["availability_zone"] is { } zone && !Computes.Any(service => (string?)service["zone"] == zone && (string?)service["status"] == "enabled"))
        {
            throw new FakeRefusal(400, "The requested availability zone is not available");
        }

        foreach (var member in (string[])["host", "hypervisor_hostname"])
        {
            if ((string?)asked[member] is not { } name)
            {
                continue;
            }

            if (!call.Knows(2, 74))
            {
                throw new FakeRefusal(400, $"Additional properties are not allowed ('{member}' was unexpected)");
            }

            Admin(call, "compute:servers:create:requested_destination");
            if (!Computes.Any(service => (string?)service["host"] == name))
            {
                throw new FakeRefusal(400, $"Compute host {name} could not be found.");
            }
        }
    }

    /// <summary>Where the scheduler puts it: the first host that is not ruled out. Null is <c>No valid host was found</c>.</summary>
    private string? Place(JsonObject asked) => Computes
        .Where(service => (string?)service["status"] == "enabled" && (string?)service["state"] == "up"
            && Fits((string?)asked["availability_zone"], (string?)service["zone"])
            && Fits((string?)asked["host"] ?? (string?)asked["hypervisor_hostname"], (string?)service["host"]))
        .Select(service => (string?)service["host"])
        .FirstOrDefault();

    private static bool Fits(string? wanted, string? has) => wanted is null || wanted == has;
}
