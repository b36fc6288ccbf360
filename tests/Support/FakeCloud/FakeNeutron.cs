using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>The little of Neutron that is read so far: ports and networks.</summary>
public sealed class FakeNeutron
{
    private readonly FakeCloud cloud;
    private readonly List<JsonObject> ports = [];
    private readonly List<JsonObject> networks = [];

    internal FakeNeutron(FakeCloud cloud) => this.cloud = cloud;

    public void AddPort(JsonObject port) => cloud.Locked(() => ports.Add(port));

    public void AddNetwork(JsonObject network) => cloud.Locked(() => networks.Add(network));

    internal FakeAnswer Handle(FakeCall call) => (call.Method, call.Segments) switch
    {
        ("GET", ["ports"]) => Some(call, "ports", ports),
        ("GET", ["ports", var id]) => FakeAnswer.Json(200, new JsonObject
        {
            ["port"] = ports.Find(port => (string?)port["id"] == id)?.DeepClone()
                ?? throw new FakeRefusal(404, $"Port {id} could not be found.", "PortNotFound"),
        }),
        ("GET", ["networks"]) => Some(call, "networks", networks),
        _ => throw new FakeRefusal(404, "The resource could not be found."),
    };

    private static FakeAnswer Some(FakeCall call, string name, List<JsonObject> all)
    {
        var found = all.Where(item => call.Query.All(asked => (string?)item[asked.Key] == asked.Value));
        return FakeAnswer.Json(200, new JsonObject { [name] = new JsonArray([.. found.Select(item => item.DeepClone())]) });
    }
}
