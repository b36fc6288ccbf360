namespace Cascade.Support;

/// <summary>What is looked up often, so that ten thousand ports stay fast.</summary>
public sealed partial class FakeNeutron
{
    private readonly Dictionary<string, HashSet<string>> byMac = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>> byDevice = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> byNetwork = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> byGroup = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> sharing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> rulesOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> byFixedPort = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> byRouter = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> subnetsOf = new(StringComparer.Ordinal);

    private IEnumerable<FakeNetworkItem> Candidates(FakeCollection collection, List<(string Name, HashSet<string> Values)> filters)
    {
        var index = collection.Path switch
        {
            "ports" => Pick("mac_address", byMac) ?? Pick("device_id", byDevice) ?? Pick("network_id", byNetwork),
            "security-group-rules" => Pick("security_group_id", rulesOf),
            "subnets" => Pick("network_id", subnetsOf),
            "rbac-policies" => Pick("object_id", sharing),
            "floatingips" => Pick("port_id", byFixedPort) ?? Pick("router_id", byRouter),
            _ => null,
        };
        var ids = filters.Find(filter => filter.Name is "id").Values ?? index;
        // Made into a list at once: a filter must not see what is made while it looks.
        return ids is null ? [.. collection.Items.Values] : [.. ids.Select(id => collection.Items.GetValueOrDefault(id)).OfType<FakeNetworkItem>()];

        IEnumerable<string>? Pick(string member, Dictionary<string, HashSet<string>> by) =>
            filters.Find(filter => filter.Name == member).Values is { } values && !values.Contains("")
                ? values.SelectMany(value => by.GetValueOrDefault(value) ?? []).Distinct(StringComparer.Ordinal)
                : null;
    }

    private IEnumerable<FakeNetworkItem> PortsOn(string networkId) => Of(byNetwork, networkId, "ports");

    private IEnumerable<FakeNetworkItem> PortsOf(string deviceId) => Of(byDevice, deviceId, "ports");

    private IEnumerable<FakeNetworkItem> PortsWith(string groupId) => Of(byGroup, groupId, "ports");

    private IEnumerable<FakeNetworkItem> RulesOf(string groupId) => Of(rulesOf, groupId, "security-group-rules");

    private IEnumerable<FakeNetworkItem> SubnetsOf(string networkId) => Of(subnetsOf, networkId, "subnets");

    private IEnumerable<FakeNetworkItem> Of(Dictionary<string, HashSet<string>> index, string key, string path) =>
        index.TryGetValue(key, out var ids) ? [.. ids.Select(id => collections[path].Items.GetValueOrDefault(id)).OfType<FakeNetworkItem>()] : [];

    private void Index(FakeCollection collection, FakeNetworkItem item)
    {
        foreach (var (index, key) in Entries(collection, item))
        {
            if (!index.TryGetValue(key, out var ids))
            {
                index.Add(key, ids = new HashSet<string>(StringComparer.Ordinal));
            }

            ids.Add(item.Id);
        }
    }

    private void Unindex(FakeCollection collection, FakeNetworkItem item)
    {
        foreach (var (index, key) in Entries(collection, item))
        {
            if (index.TryGetValue(key, out var ids) && ids.Remove(item.Id) && ids.Count is 0)
            {
                index.Remove(key);
            }
        }
    }

    private IEnumerable<(Dictionary<string, HashSet<string>> Index, string Key)> Entries(FakeCollection collection, FakeNetworkItem item) => collection.Path switch
    {
        "ports" =>
        [
            (byMac, item.Text("mac_address")), (byDevice, item.Text("device_id")), (byNetwork, item.Text("network_id")),
            .. item.Words("security_groups").Select(group => (byGroup, group)),
        ],
        "security-group-rules" => [(rulesOf, item.Text("security_group_id"))],
        "subnets" => [(subnetsOf, item.Text("network_id"))],
        "rbac-policies" => [(sharing, item.Text("object_id"))],
        "floatingips" => [(byFixedPort, item.Text("port_id")), (byRouter, item.Text("router_id"))],
        _ => [],
    };
}
