using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>Networks of a new server. Required from 2.37 on, where <c>none</c> and <c>auto</c> came in
/// (nova/api/openstack/compute/schemas/servers.py: create_v237).</summary>
[JsonConverter(typeof(ServerNetworksConverter))]
public sealed record ServerNetworks
{
    private ServerNetworks(string? word, IReadOnlyList<ServerNetwork> list) => (Word, List) = (word, list);

    /// <summary>No network at all.</summary>
    public static ServerNetworks None { get; } = new("none", []);

    /// <summary>What the project has, made if need be.</summary>
    public static ServerNetworks Auto { get; } = new("auto", []);

    internal string? Word { get; }

    internal IReadOnlyList<ServerNetwork> List { get; }

    public static ServerNetworks Of(params IReadOnlyList<ServerNetwork> list) => new(null, list);

    /// <summary>Ports that exist already, in the order of the interfaces.</summary>
    public static ServerNetworks Ports(IEnumerable<string> portIds) => new(null, [.. portIds.Select(id => new ServerNetwork { Port = id })]);
}

/// <summary>One interface: an existing port, or a network with perhaps an address.</summary>
public sealed record ServerNetwork
{
    public string? Port { get; init; }

    public string? Uuid { get; init; }

    public string? FixedIp { get; init; }

    public string? Tag { get; init; }
}

internal sealed class ServerNetworksConverter : JsonConverter<ServerNetworks>
{
    public override ServerNetworks Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("networks are only sent");

    public override void Write(Utf8JsonWriter writer, ServerNetworks value, JsonSerializerOptions options)
    {
        if (value.Word is { } word)
        {
            writer.WriteStringValue(word);
            return;
        }

        writer.WriteStartArray();
        foreach (var network in value.List)
        {
            writer.WriteStartObject();
            Member(writer, "port", network.Port);
            Member(writer, "uuid", network.Uuid);
            Member(writer, "fixed_ip", network.FixedIp);
            Member(writer, "tag", network.Tag);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Member(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
