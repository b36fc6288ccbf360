using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Oslo.Wire.Tests.Golden;

namespace Cascade.Oslo.Wire.Tests.Objects;

[TestFixture]
public sealed class VersionedObjectTests
{
    static JsonNode Primitive => TolerantJson.ToNode(RpcRequest.Read(Samples.One("nova_obj", "request").Body).Arguments.GetProperty("data"))!;

    [Test]
    public void An_object_goes_back_as_it_came() => Same.As(Primitive, VersionedObject.Read(Primitive).ToJson());

    [Test]
    public void Unknown_fields_are_kept_and_only_what_is_set_is_a_change()
    {
        var read = VersionedObject.Read(JsonNode.Parse("""
            {"nova_object.name": "Instance", "nova_object.namespace": "nova", "nova_object.version": "2.8", "nova_object.data": {"uuid": "u", "novelty": [1]}}
            """)).Set("host", "h");

        var json = read.ToJson();

        Assert.That(json["nova_object.data"]!.ToJsonString(), Is.EqualTo("""{"uuid":"u","novelty":[1],"host":"h"}"""));
        Assert.That(json["nova_object.changes"]!.ToJsonString(), Is.EqualTo("""["host"]"""));
        Assert.That((read.Has("display_name"), read.Text("display_name")), Is.EqualTo((false, (string?)null)));
    }

    [TestCase("""{"versioned_object.name": "Volume", "versioned_object.data": {}}""", "1.0", TestName = "neither version nor namespace")]
    [TestCase("""{"nova_object.name": "A", "nova_object.version": 2, "nova_object.namespace": null, "nova_object.data": {}, "nova_object.changes": [null, 1, "a"]}""", "1.0", TestName = "odd members")]
    [TestCase("""{"nova_object.name": "A", "nova_object.name": "B", "nova_object.version": "1.5", "nova_object.data": {"a": 1, "a": 2}}""", "1.5", TestName = "keys twice")]
    public void What_is_odd_about_an_object_is_read_as_missing(string json, string version) =>
        Assert.That(JsonSerializer.Deserialize(json, ObjectJson.Default.VersionedObject)!.Version, Is.EqualTo(version));

    [TestCase("""{"nova_object.name": "A"}""")]
    [TestCase("""{"nova_object.name": null, "nova_object.data": {}}""")]
    [TestCase("[]")]
    [TestCase("\"A\"")]
    public void Half_an_object_is_none(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ObjectJson.Default.VersionedObject));

    [TestCase("2.7", "2.7", TestName = "an older receiver")]
    [TestCase("2.9", "2.8", TestName = "a newer receiver")]
    [TestCase("3.0", "2.8", TestName = "another major is left alone")]
    [TestCase(null, "2.8", TestName = "an unknown receiver")]
    public void No_newer_version_is_claimed_than_the_receiver_knows(string? known, string claimed)
    {
        var instance = new VersionedObject(ObjectDialect.Nova, "Instance", "2.8", new JsonObject { ["uuid"] = "u" });
        var list = new VersionedObject(ObjectDialect.Nova, "InstanceList", "2.6", new JsonObject { ["objects"] = new JsonArray(instance.ToJson()) });

        var told = list.NoNewerThan(name => name == "Instance" ? known : null);

        Assert.That(told.Objects().Single().Version, Is.EqualTo(claimed));
        Assert.That(list.Objects().Single().Version, Is.EqualTo("2.8"), "a copy");
    }
}

[JsonSerializable(typeof(VersionedObject))]
sealed partial class ObjectJson : JsonSerializerContext;
