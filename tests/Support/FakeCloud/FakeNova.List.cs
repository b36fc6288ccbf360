using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cascade.Support;

/// <summary>Lists and views, with Nova's own filters (nova/api/openstack/compute/servers.py: _get_servers; nova/db/main/api.py).</summary>
public sealed partial class FakeNova
{
    private static readonly HashSet<string> ForEverybody = new(StringComparer.Ordinal)
    {
        "reservation_id", "name", "status", "image", "flavor", "ip", "changes-since", "all_tenants", "ip6", "tags", "tags-any", "not-tags",
        "not-tags-any", "changes-before", "locked", "availability_zone", "config_drive", "key_name", "created_at", "launched_at",
        "terminated_at", "power_state", "task_state", "vm_state", "progress", "user_id", "hostname",
    };

    private FakeAnswer List(FakeCall call)
    {
        // A filter that policy does not allow is left out without a word (remove_invalid_options).
        string? Asked(string name) => call.IsAdmin || ForEverybody.Contains(name) ? call.Asked(name) : null;
        var everybody = call.Asked("all_tenants") is { } all && all is "1" or "true" or "True";
        if (everybody)
        {
            Admin(call, "os_compute_api:servers:detail:get_all_tenants");
        }

        var since = Time(Asked("changes-since"));
        var before = Time(Asked("changes-before"));
        bool? deleted = Asked("deleted") is { } text ? text is "1" or "true" or "True" : since is null && before is null ? false : null;
        var found = servers.Values.Where(server =>
            (everybody ? Is(Asked("project_id") ?? Asked("tenant_id"), server.ProjectId) : server.ProjectId == call.ProjectId)
            && (deleted is null || server.Deleted == deleted)
            && (since is null || server.IsBuildRequest || server.Updated >= since)
            && (before is null || server.IsBuildRequest || server.Updated <= before)
            && Is(Asked("user_id"), server.UserId)
            && Is(Asked("uuid"), server.Id)
            && Is(Asked("host"), server.Host)
            && Is(Asked("vm_state"), server.VmState)
            && Is(Asked("status")?.ToUpperInvariant(), server.Status)
            && (Asked("name") is not { } name || Regex.IsMatch(server.Name, name, RegexOptions.None, TimeSpan.FromSeconds(1)))
            && (Asked("hostname") is not { } host || Regex.IsMatch(server.Hostname ?? "", host, RegexOptions.None, TimeSpan.FromSeconds(1)))
            && (Words(Asked("tags")) is not { } and || and.All(server.Tags.Contains))
            && (Words(Asked("tags-any")) is not { } any || any.Any(server.Tags.Contains))
            && (Words(Asked("not-tags")) is not { } not || !not.All(server.Tags.Contains))
            && (Words(Asked("not-tags-any")) is not { } none || !none.Any(server.Tags.Contains)));
        return Page(call, [.. found.OrderByDescending(server => server.Created).ThenBy(server => server.Id, StringComparer.Ordinal)]);
    }

    private FakeAnswer Page(FakeCall call, List<FakeServer> found)
    {
        var limit = Math.Min(cloud.Options.MaxLimit, call.Asked("limit") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : int.MaxValue);
        if (call.Asked("marker") is { } marker)
        {
            var at = found.FindIndex(server => server.Id == marker);
            if (at < 0 && !servers.ContainsKey(marker))
            {
                throw new FakeRefusal(400, $"marker [{marker}] not found");
            }

            found = found.GetRange(at + 1, found.Count - at - 1);
        }

        var page = found.Take(limit).ToList();
        var body = new JsonObject { ["servers"] = new JsonArray([.. page.Select(server => View(call, server))]) };
        if (page.Count > 0 && page.Count == limit)
        {
            // As behind a proxy that ends TLS: the host of the link is not one that a client can reach.
            var others = call.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith("marker=", StringComparison.Ordinal));
            var next = $"http://backend.invalid/v2.1/servers/detail?{string.Join('&', others.Append($"marker={page[^1].Id}"))}";
            body["servers_links"] = new JsonArray(new JsonObject { ["rel"] = "next", ["href"] = next });
        }

        return FakeAnswer.Json(200, body);
    }

    // nova/api/openstack/compute/views/servers.py: show.
    private JsonObject View(FakeCall call, FakeServer server)
    {
        var flavor = flavors.GetValueOrDefault(server.FlavorId);
        var view = new JsonObject
        {
            ["id"] = server.Id,
            ["name"] = server.Name,
            ["status"] = server.Status,
            ["tenant_id"] = server.ProjectId,
            ["user_id"] = server.UserId,
            ["metadata"] = new JsonObject(server.Metadata.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))),
            ["hostId"] = "",
            ["image"] = server.ImageId is { } image ? new JsonObject { ["id"] = image, ["links"] = new JsonArray() } : "",
            ["created"] = Iso(server.Created),
            // nova/utils.py: isotime(None) is now.
            ["updated"] = Iso(server.Updated ?? cloud.Now),
            ["addresses"] = cloud.Neutron.AddressesOf(server),
            ["accessIPv4"] = "",
            ["accessIPv6"] = "",
            ["links"] = new JsonArray(),
            ["OS-DCF:diskConfig"] = "MANUAL",
            ["progress"] = 0,
            ["OS-EXT-AZ:availability_zone"] = server.Host is null ? "" : "nova",
            ["config_drive"] = server.ConfigDrive ? "True" : "",
            ["key_name"] = server.KeyName,
            ["OS-SRV-USG:launched_at"] = Naive(server.LaunchedAt),
            ["OS-SRV-USG:terminated_at"] = Naive(server.TerminatedAt),
            ["OS-EXT-STS:task_state"] = server.TaskState,
            ["OS-EXT-STS:vm_state"] = server.VmState,
            ["OS-EXT-STS:power_state"] = server.PowerState,
            ["os-extended-volumes:volumes_attached"] = new JsonArray(),
            ["locked"] = server.LockedBy is not null,
        };
        view["flavor"] = call.Knows(2, 47)
            ? new JsonObject
            {
                ["vcpus"] = flavor?.Vcpus, ["ram"] = flavor?.Ram, ["disk"] = flavor?.Disk, ["ephemeral"] = flavor?.Ephemeral, ["swap"] = flavor?.Swap,
                ["original_name"] = flavor?.Name, ["extra_specs"] = new JsonObject(Pairs(flavor?.ExtraSpecs ?? [])),
            }
            : new JsonObject { ["id"] = server.FlavorId, ["links"] = new JsonArray() };
        if (call.Knows(2, 19))
        {
            view["description"] = server.Description;
        }

        if (call.Knows(2, 26))
        {
            view["tags"] = new JsonArray([.. server.Tags.Select(tag => JsonValue.Create(tag))]);
        }

        if (call.IsAdmin || call.Knows(2, 90))
        {
            view["OS-EXT-SRV-ATTR:hostname"] = server.Hostname;
        }

        if (call.IsAdmin)
        {
            view["OS-EXT-SRV-ATTR:host"] = server.Host;
            view["OS-EXT-SRV-ATTR:hypervisor_hostname"] = server.Host;
            view["OS-EXT-SRV-ATTR:instance_name"] = "instance-" + server.Id[..8];
        }

        if (server.Fault is { } fault && server.Status is "ERROR" or "DELETED" && server.Fault is not null)
        {
            var said = server.Fault!.Value;
            view["fault"] = new JsonObject { ["code"] = said.Code, ["message"] = said.Message, ["created"] = Iso(said.Created) };
            if (call.IsAdmin)
            {
                view["fault"]!["details"] = said.Details;
            }
        }

        return view;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Pairs(IReadOnlyDictionary<string, string> words) =>
        words.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value));

    private static bool Is(string? asked, string? value) => asked is null || asked == value;

    private static string[]? Words(string? text) => text?.Split(',');

    private static DateTimeOffset? Time(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Naive(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
