using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>A failure of ours has the class, the text and the code that cinder's own source gives it: anything else is HTTP 500 at the API.</summary>
public sealed partial class FaultsTest
{
    static readonly RpcFault[] All =
    [
        CinderFaults.InvalidInput("r"), CinderFaults.InvalidVolume("r"), CinderFaults.InvalidSnapshot("r"), CinderFaults.InvalidVolumeType("r"),
        CinderFaults.InvalidHost("r"), CinderFaults.VolumeNotFound("v"), CinderFaults.SnapshotNotFound("s"),
        CinderFaults.VolumeAttachmentNotFound("attachment_id = a"),
        CinderFaults.VolumeTypeNotFound("t"), CinderFaults.ImageNotFound("i"), CinderFaults.NotSupportedOperation("o"), CinderFaults.NotAuthorized(),
        CinderFaults.VolumeBackendApi("d"), CinderFaults.DriverNotInitialized(), CinderFaults.ServiceUnavailable(), CinderFaults.ConflictNovaUsingAttachment("i"),
        CinderFaults.ResourceConflict("r"),
        VolumeFaults.VolumeAttached("v"), VolumeFaults.VolumeIsBusy("v"), VolumeFaults.SnapshotIsBusy("s"), VolumeFaults.InvalidVolumeAttachMode("ro", "v"),
        VolumeFaults.ExtendVolumeError("r"), VolumeFaults.VolumeMigrationFailed("r"), VolumeFaults.ImageTooBig("i", "r"), VolumeFaults.ImageUnacceptable("i", "r"),
        VolumeFaults.ImageCopyFailure("r"), VolumeFaults.MetadataCopyFailure("r"), VolumeFaults.ManageExistingInvalidReference("n", "r"),
        VolumeFaults.ManageExistingAlreadyManaged("n"), VolumeFaults.ManageExistingVolumeTypeMismatch("r"),
        VolumeFaults.VolumeSizeExceedsAvailableQuota("gigabytes", 3, 10, 8), VolumeFaults.VolumeLimitExceeded("volumes", 10), VolumeFaults.InvalidGroup("r"),
        VolumeFaults.GroupNotFound("g"), VolumeFaults.GroupSnapshotNotFound("g"), VolumeFaults.UnableToFailOver("r"), VolumeFaults.InvalidReplicationTarget("r"),
        VolumeFaults.ReplicationGroupError("g", "r"),
    ];

    static IEnumerable<TestCaseData> Faults() =>
        from release in Sample.SourceReleases
        from fault in All
        where release != "zed" || fault.Class != "ResourceConflict"
        select new TestCaseData(release, fault).SetArgDisplayNames(release, fault.Class);

    [TestCaseSource(nameof(Faults))]
    public void A_fault_says_what_the_template_of_its_class_makes_of_its_values(string release, RpcFault fault)
    {
        var native = Sample.Source(release, "exceptions")[fault.Class];

        Assert.That(native, Is.Not.Null, "the release has the class");
        var template = (string)native!["message"]!;
        var values = Value().Matches(template).Select(match => match.Groups["name"].Value).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(fault.Module, Is.EqualTo("cinder.exception"));
            Assert.That(fault.Message, Is.EqualTo(Value().Replace(template, match => fault.Kwargs[match.Groups["name"].Value]!.ToString())));
            Assert.That((int)fault.Kwargs["code"]!, Is.EqualTo((int)native["code"]!));
            Assert.That(fault.Kwargs.Select(pair => pair.Key), Is.EquivalentTo(values.Append("code")));
            // Another text than the template's would be formatted again (CinderException._should_format).
            Assert.That(values, Does.Not.Contain("message"));
        });
    }

    [Test]
    public void A_conflict_of_Zed_needs_another_class() => Assert.That(Sample.Source("zed", "exceptions")["ResourceConflict"], Is.Null);

    [Test]
    public void A_plain_failure_is_of_the_root_class()
    {
        var cause = new InvalidOperationException("x");
        var fault = CinderFaults.Failed("it failed", cause);

        Assert.That(
            (fault.Module, fault.Class, fault.Message, (int)fault.Kwargs["code"]!, fault.InnerException),
            Is.EqualTo(("cinder.exception", "CinderException", "it failed", 500, (Exception?)cause)));
    }

    static IEnumerable<TestCaseData> Taken()
    {
        foreach (var sample in Sample.Handmade("failures").AsArray())
        {
            var text = (string)sample!["failure_json"]!["message"]!;
            var fault = (string)sample["class"]! switch
            {
                "InvalidInput" => CinderFaults.InvalidInput("bad connector"),
                "InvalidVolume" => CinderFaults.InvalidVolume("child volume is in-use"),
                "VolumeNotFound" => CinderFaults.VolumeNotFound("42"),
                "NotAuthorized" => CinderFaults.NotAuthorized("Not authorized in child"),
                "DriverNotInitialized" => CinderFaults.DriverNotInitialized(),
                "ServiceUnavailable" => CinderFaults.ServiceUnavailable(),
                // The sample has a text of its own: only these are the same.
                var other => CinderFaults.Cinder(other, text, (int)sample["http"]!),
            };
            yield return new TestCaseData(sample, fault).SetArgDisplayNames(fault.Class);
        }
    }

    [TestCaseSource(nameof(Taken))]
    public void A_failure_is_the_one_that_the_API_turned_into_its_answer(JsonNode sample, RpcFault fault)
    {
        var native = sample["failure_json"]!;
        var ours = JsonNode.Parse(RemoteFailure.Write(fault))!;

        Assert.Multiple(() =>
        {
            foreach (var member in new[] { "class", "module", "message", "args", "tb" })
            {
                Sample.Same(ours[member], native[member]);
            }

            Assert.That((int)ours["kwargs"]!["code"]!, Is.EqualTo((int)sample["http"]!));
            Assert.That((int)Sample.Source("zed", "exceptions")[fault.Class]!["code"]!, Is.EqualTo((int)sample["http"]!));
        });
    }

    [GeneratedRegex(@"%\((?<name>\w+)\)[sd]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
