using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>The list of methods against the source of each release: what its client names and its manager defines.</summary>
public sealed class MethodsTest
{
    const string Ping = "oslo_rpc_server_ping";

    // No client sends these; the manager calls itself with them (cinder/volume/manager.py: retype).
    static readonly string[] Unsent = ["new_type_id", "diff"];

    [Test]
    public void Every_method_is_listed_once_and_in_order() =>
        Assert.That(CinderMethods.All.Select(method => method.Name), Is.Unique.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));

    [Test]
    public void Every_method_has_a_record_that_came_with_the_same_version() =>
        Assert.That(
            Records.All.Values.Select(record => (record.Name.Method, record.Name.Since)),
            Is.EquivalentTo(CinderMethods.All.Select(method => (method.Name, method.Since))));

    [TestCaseSource(typeof(Sample), nameof(Sample.SourceReleases))]
    public void The_list_is_that_of_the_release(string release)
    {
        var version = RpcVersion.Parse((string)Sample.Source(release, "rpc_api_version")!);
        var native = Sample.Source(release, "methods").AsObject().Select(method => method.Key);

        Assert.That(CinderMethods.All.Where(method => method.Since <= version && method.Name != Ping).Select(method => method.Name), Is.EquivalentTo(native));
        Assert.That(version, Is.EqualTo(release == "zed" ? CinderMethods.Zed : CinderMethods.Newest));
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.SourceReleases))]
    public void A_record_has_the_arguments_of_the_manager_s_method(string release)
    {
        Assert.Multiple(() =>
        {
            foreach (var (method, native) in Sample.Source(release, "methods").AsObject())
            {
                var arguments = native!["args"]!.AsArray().Select(name => (string)name!).Where(name => method != "migrate_volume" || !Unsent.Contains(name));
                Assert.That(
                    Records.All[method].Arguments,
                    // A Zed manager does not know the picture of an image yet.
                    method == "reimage" && release == "zed" ? Is.EquivalentTo(arguments.Append("image_snap")) : Is.EquivalentTo(arguments), method);
            }
        });
    }

    [TestCaseSource(typeof(Sample), nameof(Sample.SourceReleases))]
    public void A_method_is_cast_or_called_as_the_client_does(string release)
    {
        foreach (var method in CinderMethods.All.Where(method => Sample.Source(release, "methods")[method.Name] is not null))
        {
            var kinds = Sample.Source(release, "methods")[method.Name]!["kinds"]!.AsArray().Select(kind => (string)kind!);
            Assert.That(
                kinds,
                Is.EquivalentTo(method.Kind switch
                {
                    CinderMethodKind.Call => ["call"],
                    CinderMethodKind.CastOrCall => ["call", "cast"],
                    _ => new[] { "cast" },
                }),
                method.Name);
        }
    }
}
