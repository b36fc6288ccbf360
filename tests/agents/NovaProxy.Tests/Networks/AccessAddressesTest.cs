using System.Text.Json.Nodes;
using Cascade.NovaProxy.Networks;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Tests.Networks;

public sealed class AccessAddressesTest
{
    const string Vifs = """
        [{"network": {"label": "blue", "subnets": [{"ips": [{"address": "192.0.2.1", "version": 4}]}]}},
         {"network": {"label": "public", "subnets": [
            {"ips": [{"address": "198.51.100.7", "version": 4}, {"address": "198.51.100.8", "version": 4}]},
            {"ips": [{"address": "2001:db8::7", "version": 6}]}]}}]
        """;

    [TestCase("public", null, "198.51.100.7", "2001:db8::7", "the first of each kind")]
    [TestCase("blue", null, "192.0.2.1", null, "what there is")]
    [TestCase("green", null, null, null, "a network that it is not on")]
    [TestCase(null, null, null, null, "not asked for")]
    [TestCase("public", "203.0.113.1", null, null, "its tenant gave one")]
    public void A_server_without_access_addresses_gets_those_of_the_named_network(string? network, string? given, string? v4, string? v6, string because)
    {
        var cache = new VersionedObject(ObjectDialect.Nova, "InstanceInfoCache", "1.5", new() { ["network_info"] = Vifs }).ToJson();
        var row = new VersionedObject(ObjectDialect.Nova, "Instance", "2.7", new() { ["access_ip_v4"] = given, ["access_ip_v6"] = null, ["info_cache"] = cache });
        var changes = new JsonObject();
        AccessAddresses.Put(changes, row, network);

        Assert.That(((string?)changes["access_ip_v4"], (string?)changes["access_ip_v6"]), Is.EqualTo((v4, v6)), because);
    }
}
