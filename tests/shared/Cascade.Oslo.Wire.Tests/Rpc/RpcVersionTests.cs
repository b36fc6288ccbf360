using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Wire.Tests.Rpc;

[TestFixture]
public sealed class RpcVersionTests
{
    [TestCase("6.1", "6.0", true, TestName = "an older minor")]
    [TestCase("6.1", "6.1", true, TestName = "the same")]
    [TestCase("6.1", "6.2", false, TestName = "a newer minor")]
    [TestCase("6.1", "5.0", false, TestName = "an older major")]
    [TestCase("6.1", "7.0", false, TestName = "a newer major")]
    [TestCase("6.1", "6.1.5", false, TestName = "a revision we have not")]
    [TestCase("6.1.5", "6.1.4", true, TestName = "an older revision")]
    [TestCase("6.2", "6.1.9", true, TestName = "any revision of an older minor")]
    public void A_version_serves_what_version_is_compatible_says(string server, string asked, bool serves) =>
        Assert.That(RpcVersion.Parse(server).Serves(RpcVersion.Parse(asked)), Is.EqualTo(serves));

    [TestCase("6")]
    [TestCase("")]
    [TestCase("6.")]
    [TestCase("6.-1")]
    [TestCase("1.2.3.4")]
    public void What_is_no_version_is_refused(string text) => Assert.Throws<FormatException>(() => RpcVersion.Parse(text));
}
