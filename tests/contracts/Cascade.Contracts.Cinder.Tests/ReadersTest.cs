using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>Every field that a reader has is the object's own field of the same name.</summary>
public sealed class ReadersTest
{
    static readonly Dictionary<string, (Type Type, Func<VersionedObject, object?> Read)> Readers = new(StringComparer.Ordinal)
    {
        [CinderObjects.Backup] = (typeof(CinderBackup), CinderBackup.Read),
        [CinderObjects.CleanupRequest] = (typeof(CinderCleanupRequest), CinderCleanupRequest.Read),
        [CinderObjects.Group] = (typeof(CinderGroup), CinderGroup.Read),
        [CinderObjects.GroupSnapshot] = (typeof(CinderGroupSnapshot), CinderGroupSnapshot.Read),
        [CinderObjects.LogLevel] = (typeof(CinderLogLevel), CinderLogLevel.Read),
        [CinderObjects.RequestSpec] = (typeof(CinderRequestSpec), CinderRequestSpec.Read),
        [CinderObjects.Snapshot] = (typeof(CinderSnapshot), CinderSnapshot.Read),
        [CinderObjects.Volume] = (typeof(CinderVolume), CinderVolume.Read),
        [CinderObjects.VolumeAttachment] = (typeof(CinderVolumeAttachment), CinderVolumeAttachment.Read),
        [CinderObjects.VolumeProperties] = (typeof(CinderVolumeProperties), CinderVolumeProperties.Read),
        [CinderObjects.VolumeType] = (typeof(CinderVolumeType), CinderVolumeType.Read),
    };

    // Never loaded in what was recorded: see A_field_that_no_sample_has_is_read.
    static readonly string[] Unrecorded = ["GroupSnapshot.Snapshots", "Group.Volumes", "VolumeType.QosSpecs"];

    static IEnumerable<JsonObject> Recorded() =>
        from release in Sample.Releases
        from folder in new[] { "rpc-to-volume", "rpc-to-scheduler", "rpc-to-backup" }
        from sample in Sample.Messages(release, folder)
        from found in Sample.Objects(sample.Message["args"])
        select found;

    [Test]
    public void A_reader_has_every_field_as_it_stands_in_the_object()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var json in Recorded().Where(found => Readers.ContainsKey((string)found["versioned_object.name"]!)))
        {
            var of = VersionedObject.Read(json);
            var (type, read) = Readers[of.Name];
            var value = read(of);
            Assert.That(value, Is.Not.Null);
            foreach (var property in Fields(type))
            {
                var field = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
                Assert.That(Written(property.GetValue(value)), Is.EqualTo(Written(of.Data[field])), $"{of.Name}.{field}");
                if (of.Has(field))
                {
                    seen.Add($"{of.Name}.{property.Name}");
                }
            }
        }

        Assert.That(
            Readers.SelectMany(reader => Fields(reader.Value.Type).Select(property => $"{reader.Key}.{property.Name}")).Where(name => !seen.Contains(name)),
            Is.EquivalentTo(Unrecorded));
    }

    [Test]
    public void A_field_that_no_sample_has_is_read()
    {
        var qos = Of("QualityOfServiceSpecs", """{"id": "q", "name": "fast", "consumer": "front-end", "specs": {"total_iops_sec": "100", "none": null}}""");
        var type = CinderVolumeType.Read(Of("VolumeType", $$"""{"id": "t", "qos_specs": {{qos.ToJson().ToJsonString()}}}"""))!;
        var volumes = List("VolumeList", Of("Volume", """{"id": "v"}"""));
        var snapshots = List("SnapshotList", Of("Snapshot", """{"id": "s"}"""));

        Assert.Multiple(() =>
        {
            Assert.That((type.QosSpecs!.Id, type.QosSpecs.Name, type.QosSpecs.Consumer), Is.EqualTo(("q", "fast", "front-end")));
            Assert.That(type.QosSpecs.Specs, Is.EquivalentTo(new Dictionary<string, string?> { ["total_iops_sec"] = "100", ["none"] = null }));
            Assert.That(CinderGroup.Read(Of("Group", $$"""{"id": "g", "volumes": {{volumes}}}"""))!.Volumes!.Select(volume => volume.Id), Is.EqualTo(new[] { "v" }));
            Assert.That(
                CinderGroupSnapshot.Read(Of("GroupSnapshot", $$"""{"id": "g", "snapshots": {{snapshots}}}"""))!.Snapshots!.Select(snapshot => snapshot.Id),
                Is.EqualTo(new[] { "s" }));
        });
    }

    [Test]
    public void What_was_not_loaded_and_what_is_none_are_null_alike_and_can_be_told_apart()
    {
        var volume = CinderVolume.Read(Of("Volume", """{"id": "v", "volume_type": null, "size": "big", "bootable": 1, "metadata": {"a": 7, "b": "x"}}"""))!;

        Assert.That(
            (volume.VolumeType, volume.Raw.Has("volume_type"), volume.VolumeAttachment, volume.Raw.Has("volume_attachment"), volume.Size, volume.Bootable),
            Is.EqualTo(((CinderVolumeType?)null, true, (IReadOnlyList<CinderVolumeAttachment>?)null, false, (int?)null, (bool?)true)));
        Assert.That(volume.Metadata, Is.EquivalentTo(new Dictionary<string, string?> { ["b"] = "x" }));
    }

    [Test]
    public void Without_an_id_there_is_no_object_and_whoever_needs_it_is_told_why()
    {
        var nobody = Of("Volume", """{"status": "creating"}""");

        Assert.That(CinderVolume.Read(nobody), Is.Null);
        Assert.That(CinderVolume.Read(null), Is.Null);
        Assert.That(() => nobody.Id("create_volume"), Throws.TypeOf<RpcFault>().With.Message.EqualTo("create_volume: the Volume came without its id"));
        Assert.That(Of("Volume", """{"id": "v"}""").Id("create_volume"), Is.EqualTo("v"));
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void No_version_of_ours_is_another_than_the_parent_s(string release)
    {
        var native = Sample.Releases.Where(one => one == release)
            .SelectMany(one => new[] { "rpc-to-volume", "rpc-to-backup", "rpc-to-scheduler" }.SelectMany(folder => Sample.Messages(one, folder)))
            .SelectMany(sample => Sample.Objects(sample.Message["args"]))
            .Select(found => ((string)found["versioned_object.name"]!, (string)found["versioned_object.version"]!))
            .Distinct().Where(found => CinderObjects.Versions.ContainsKey(found.Item1)).ToList();

        Assert.That(native, Has.Count.GreaterThan(12));
        Assert.That(native.Where(found => CinderObjects.Versions[found.Item1] != found.Item2), Is.Empty);
    }

#pragma warning disable IL2070, IL2075 // A test is never trimmed.
    static IEnumerable<PropertyInfo> Fields(Type type) => type.GetProperties().Where(property => property.Name != "Raw");

    // With something that is no object in it.
    static string List(string name, VersionedObject one) =>
        CinderObject(name, new() { ["objects"] = new JsonArray(one.ToJson(), 7) }).ToJson().ToJsonString();

    static VersionedObject CinderObject(string name, JsonObject data) => new(ObjectDialect.Cinder, name, "1.0", data);

    static VersionedObject Of(string name, string data) => CinderObject(name, JsonNode.Parse(data)!.AsObject());

    /// <summary>A value of a reader, or of an object, as text: an object as its id or, having none, as its kind.</summary>
    static string? Written(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, string?> texts => string.Join(",", texts.Select(pair => $"{pair.Key}={pair.Value}")),
        IReadOnlyList<string> texts => string.Join(",", texts),
        IReadOnlyList<CinderVolumeAttachment> attachments => string.Join(",", attachments.Select(attachment => attachment.Id)),
        JsonObject json when VersionedObject.TryRead(json, out var nested) =>
            nested.Has("objects") ? string.Join(",", nested.Objects().Select(one => one.Text("id"))) : nested.Text("id") ?? "without an id",
        JsonObject json => string.Join(",", json.Select(pair => $"{pair.Key}={Written(pair.Value)}")),
        JsonArray items => string.Join(",", items.Select(Written)),
        JsonValue single => single.GetValueKind() == JsonValueKind.String ? single.GetValue<string>() : single.ToJsonString(),
        CinderVolumeProperties => "without an id",
        _ => (string?)value.GetType().GetProperty("Id")?.GetValue(value),
    };
#pragma warning restore IL2070, IL2075
}
