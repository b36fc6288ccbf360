using System.Net.Sockets;
using System.Text;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>The fake itself: what other tests lean on has to hold.</summary>
[TestFixture]
public sealed class FakeCloudTests : CloudTest
{
    [Test]
    public async Task Two_hundred_callers_that_die_in_the_middle_leave_it_whole()
    {
        var token = (await Cloud.Identity.TokenAsync(Scope.Own, Now)).Value;
        const string Body = """{"server": {"name": "a", "flavorRef": "1", "networks": "none", "tags": ["stamp"]}}""";
        var whole = Encoding.UTF8.GetBytes(
            $"POST /compute/v2.1/servers HTTP/1.1\r\nHost: x\r\nX-Auth-Token: {token}\r\nOpenStack-API-Version: compute 2.93\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        for (var round = 0; round < 200; round++)
        {
            using var caller = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await caller.ConnectAsync("127.0.0.1", Fake.Port);
            await caller.SendAsync(whole.AsMemory(0, whole.Length * round / 200));
            // As the kernel does for a process that was killed with data unread.
            caller.LingerState = new LingerOption(true, 0);
            caller.Close();
        }

        Assert.That((await Cloud.Compute.Flavors.GetAsync(Scope.Own, "1", Now)).Id, Is.EqualTo("1"));
        Assert.That(Fake.Nova.Made, Is.Zero, "half a request has no effect");
    }

    [Test]
    public async Task An_unreachable_cloud_comes_back()
    {
        var client = Client(Options with { Retry = new RetryOptions { MaxRetries = 0 } });
        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        Fake.Unreachable = true;
        Assert.That((await FaultOfAsync(() => client.Compute.Flavors.GetAsync(Scope.Own, "1", Now))).Kind, Is.EqualTo(FaultKind.Unavailable));
        Fake.Heal();

        Assert.That((await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now)).Id, Is.EqualTo("1"));
    }

    [Test]
    public async Task A_link_that_is_cut_and_healed_carries_again()
    {
        await using var link = TcpFault.Before("127.0.0.1", Fake.Port);
        var client = Client(Options with
        {
            EndpointOverrides = new Dictionary<string, Uri> { ["compute"] = new($"http://127.0.0.1:{link.Port}/compute/v2.1") },
            Retry = new RetryOptions { MaxRetries = 0 },
        });
        await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now);
        link.Cut();
        Assert.That((await FaultOfAsync(() => client.Compute.Flavors.GetAsync(Scope.Own, "1", Now))).Kind, Is.EqualTo(FaultKind.Unavailable));
        link.Heal();

        Assert.That((await client.Compute.Flavors.GetAsync(Scope.Own, "1", Now)).Id, Is.EqualTo("1"));
        Assert.That(link.Accepted, Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public async Task A_server_that_is_deleted_before_it_is_scheduled_leaves_no_trace()
    {
        Fake.Nova.Hold("schedule");
        var made = await Cloud.Compute.Servers.CreateAsync(
            Scope.Own, new() { Name = "a", FlavorRef = "1", Networks = Compute.ServerNetworks.None, Tags = ["stamp"] }, Now);
        await Cloud.Compute.Servers.DeleteAsync(Scope.Own, made.Id, Now);

        Assert.That(await AllAsync(Cloud.Compute.Servers.ListAsync(Scope.Own, new() { ChangesSince = DateTimeOffset.UnixEpoch }, Now)), Is.Empty);
    }

    [Test]
    public async Task Keypairs_of_the_user_are_listed()
    {
        await Cloud.Compute.Keypairs.ImportAsync(Scope.Own, "k", "ssh-ed25519 AAAA", "ssh", Now);

        Assert.That((await AllAsync(Cloud.Compute.Keypairs.ListAsync(Scope.Own, Now))).Single().Name, Is.EqualTo("k"));
    }

    [TestCase("""{"a": 1, "b": [1, {"c": null}]}""", """{"b": [1, {"c": null}], "a": 1.0}""", null, TestName = "order and the way a number is written do not matter")]
    [TestCase("""{"a": 1}""", """{"a": "1"}""", "$.a is \"1\", not 1", TestName = "a number is no text")]
    [TestCase("""{"a": {"b": 1}}""", """{"a": {}}""", "$.a.b is missing", TestName = "a missing member")]
    [TestCase("""{}""", """{"x": 1}""", "$.x is not expected", TestName = "a member too many")]
    [TestCase("""[1, 2]""", """[2, 1]""", "$[0] is 2, not 1", TestName = "the order of a list matters")]
    public void Golden_says_where_two_bodies_differ(string expected, string actual, string? difference) =>
        Assert.That(
            Golden.Difference(System.Text.Json.Nodes.JsonNode.Parse(expected), System.Text.Json.Nodes.JsonNode.Parse(actual), "$"), Is.EqualTo(difference));
}
