using Cascade.Contracts.Neutron;
using Cascade.L3Proxy;

namespace L3Proxy.Tests;

/// <summary>The contents page, held against everything that a server says to its L3 agents.</summary>
sealed class PageTest
{
    static readonly L3ProxyPage Ours = new();

    static IEnumerable<NeutronTopic> Topics => [.. NeutronTopics.RouterNotices, .. NeutronTopics.RouterPushes];

    [TestCaseSource(nameof(Topics))]
    public void What_the_server_says_is_heard_and_answered_or_left_with_a_reason(NeutronTopic topic)
    {
        if (L3ProxyPage.NotHeard.TryGetValue(topic.Name, out var reason))
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
        Assert.That(L3ProxyPage.NotHeard.Keys, Is.SubsetOf(NeutronTopics.RouterNotices.Select(topic => topic.Name)));
}
