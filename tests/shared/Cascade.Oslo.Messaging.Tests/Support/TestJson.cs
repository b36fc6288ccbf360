using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;

namespace Cascade.Oslo.Messaging.Tests.Support;

static class TestJson
{
    public static JsonNode? Node(JsonElement element) => TolerantJson.ToNode(element);
}
