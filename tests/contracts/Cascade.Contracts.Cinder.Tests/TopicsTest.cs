using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>Queues and exchanges of a backend.</summary>
public sealed class TopicsTest
{
    const string Host = "cproxy@child1#ssd";

    static IEnumerable<TestCaseData> Sent() =>
        from release in Sample.Releases
        from sample in Sample.Messages(release, "rpc-to-volume")
        select new TestCaseData(sample.Sent["amqp"]!).SetArgDisplayNames(release, sample.File);

    [TestCaseSource(nameof(Sent))]
    public void Whatever_was_sent_to_a_cinder_volume_arrives_at_one_of_its_servers(JsonNode amqp)
    {
        var servers = CinderTopics.Servers(Host);
        var arrives = (string)amqp["exchange_type"]! == "fanout"
            ? servers.Select(server => server.FanoutExchange)
            : servers.SelectMany(server => new[] { server.Topic, server.Queue });

        Assert.That(arrives, Does.Contain((string)((string)amqp["exchange_type"]! == "fanout" ? amqp["exchange"]! : amqp["routing_key"]!)!));
        if ((string)amqp["exchange_type"]! == "topic")
        {
            Assert.That((string)amqp["exchange"]!, Is.EqualTo(CinderTopics.ControlExchange));
        }
    }

    [Test]
    public void A_message_for_this_backend_has_its_host_twice() =>
        Assert.That(
            (CinderTopics.Directed(Host).Queue, CinderTopics.Older(Host), CinderTopics.Servers(Host)[0].Queue, CinderTopics.Servers(Host)[0].FanoutExchange),
            Is.EqualTo(("cinder-volume.cproxy@child1.cproxy", "cinder-volume.cproxy@child1", "cinder-volume.cproxy@child1", "cinder-volume_fanout")));

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void A_backup_service_is_asked_at_its_own_queue(string release) =>
        Assert.That(CinderTopics.BackupServer("cproxy").Queue, Is.EqualTo((string)Sample.Messages(release, "rpc-to-backup").Single().Sent["amqp"]!["routing_key"]!));

    // cinder/volume/volume_utils.py: extract_host, examples of its docstring.
    [TestCase("HostA@BackendB#PoolC", "HostA", "HostA@BackendB", "PoolC")]
    [TestCase("HostX@BackendY", "HostX", "HostX@BackendY", null)]
    [TestCase("HostX", "HostX", "HostX", null)]
    [TestCase("HostX#PoolC", "HostX", "HostX", "PoolC")]
    [TestCase("HostX@B#P#Q", "HostX", "HostX@B", null)]
    public void A_host_is_taken_apart_as_cinder_does(string host, string hostname, string backend, string? pool) =>
        Assert.That((CinderTopics.Hostname(host), CinderTopics.Backend(host), CinderTopics.Pool(host)), Is.EqualTo((hostname, backend, pool)));
}
