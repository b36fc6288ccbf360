using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace NovaProxy.Tests.Parent;

/// <summary>A request that nova's own conductor served, and its answer.</summary>
sealed class Sample
{
    Sample(JsonObject json) => Json = json;

    public JsonObject Json { get; }

    public string Method => Json["method"]!.GetValue<string>();

    public JsonObject Arguments => Json["args"]!.AsObject();

    public JsonNode? Result => Json["reply"]!["result"];

    public string? Failure => Json["reply"]!["failure"]?.GetValue<string>();

    public RpcContext Context => new(Json["_context"]!.DeepClone().AsObject());

    public static Sample Zed(string name) => Read(Path.Combine("conductor-zed", name));

    public static Sample Read(string path) =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Samples", path + ".json")))!.AsObject());
}
