using Cascade.Contracts.Neutron;
using Cascade.L2Proxy;

namespace L2Proxy.Tests;

/// <summary>The contents page, held against everything that a server says to its agents.</summary>
sealed class PageTest
{
    static readonly L2ProxyPage Ours = new();

    static IEnumerable<NeutronTopic> Topics => [.. NeutronTopics.Notices, .. NeutronTopics.Pushes];

    [TestCaseSource(nameof(Topics))]
    public void What_the_server_says_is_heard_and_answered_or_left_with_a_reason(NeutronTopic topic)
    {
        if (L2ProxyPage.NotHeard.TryGetValue(topic.Name, out var reason))
        {
            Assert.That(reason, Is.Not.Empty);
            Assert.That(Ours.Heard, Does.Not.Contain(topic));
            return;
        }

        Assert.That(Ours.Heard, Does.Contain(topic));
        Assert.That(Ours.Page().Methods.Select(entry => entry.Method), Is.SupersetOf(topic.Methods));
    }

    [Test]
    public void Nothing_is_left_out_that_the_server_never_says() =>
        Assert.That(L2ProxyPage.NotHeard.Keys, Is.SubsetOf(NeutronTopics.Notices.Select(topic => topic.Name)));
}
