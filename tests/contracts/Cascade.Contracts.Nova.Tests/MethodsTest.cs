using Cascade.Contracts.Nova.Compute;

namespace Cascade.Contracts.Nova.Tests;

public sealed class MethodsTest
{
    [Test]
    public void Every_method_is_listed_once_and_in_order() =>
        Assert.That(NovaMethods.All.Select(method => method.Name), Is.Unique.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));

    [TestCase("external_instance_event", true, TestName = "2026.1 sends events to compute-alt")]
    [TestCase("resize_instance", true, TestName = "and what one compute sends another")]
    [TestCase("build_and_run_instance", false, TestName = "builds stay on compute")]
    public void The_alternative_topic_is_known(string method, bool alternative) =>
        Assert.That(NovaMethods.All.Single(listed => listed.Name == method).Alternative, Is.EqualTo(alternative));

    [TestCase("build_and_run_instance", "compute__do_build_and_run_instance", TestName = "the build's event is that of its inner method")]
    [TestCase("stop_instance", "compute_stop_instance", TestName = "all others have their own name")]
    public void Events_have_native_names(string method, string name) =>
        Assert.That(NovaMethods.All.Single(listed => listed.Name == method).Event, Is.EqualTo(name));
}
