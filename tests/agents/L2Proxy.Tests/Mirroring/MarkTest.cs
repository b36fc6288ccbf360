using System.Text.Json.Nodes;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Tests.Mirroring;

/// <summary>What the child remembers of what the parent was told, and what a look costs because of it.</summary>
public sealed class MarkTest : WorldTest
{
    [TestCase(3)]
    [TestCase(200, Description = "more than are asked for by their ids at once")]
    public async Task A_look_while_nothing_happens_is_two_short_answers_however_many_ports_there_are(int count)
    {
        await UpAsync(count);
        // Who read a port while its mark was written holds the older sight: the next look puts that right.
        await LookAsync();
        world.Child.ForgetRequests();

        await world.LookAsync();

        Assert.That(world.Child.Matching("GET", "/ports").Select(request => Uri.UnescapeDataString(request.Query)), Is.EqualTo(new[] { "tags=cascade-up&status=DOWN&status=ERROR", "tags=cascade-down&status=ACTIVE" }));
        Assert.That(world.Child.Matching("GET", "/ports").Sum(request => request.Length), Is.LessThan(50), "nobody is in the answers");
    }

    [Test]
    public async Task What_goes_down_and_what_comes_up_is_found_by_its_mark()
    {
        var (first, second) = await UpAsync(2) is [var one, var other] ? (one, other) : default;
        Assert.That(Tags(first), Is.EqualTo(new[] { "cascade-up" }));
        Set(first, "DOWN");
        await LookAsync();
        Assert.That((world.Status(first), world.Status(second)), Is.EqualTo(("DOWN", "ACTIVE")));
        Assert.That(Tags(first), Is.EqualTo(new[] { "cascade-down" }));

        Set(first, "ACTIVE");
        await LookAsync();

        Assert.That(world.Status(first), Is.EqualTo("ACTIVE"));
        Assert.That(Tags(first), Is.EqualTo(new[] { "cascade-up" }));
    }

    [Test]
    public async Task What_was_just_made_is_asked_for_by_its_id_and_marked_when_nobody_takes_it()
    {
        var port = await world.PortAsync(world.Network());
        world.Child.ForgetRequests();
        await LookAsync();
        Assert.That(world.Writes, Is.Empty, "it will soon be up");
        Assert.That(world.Child.Requests[^1].Query, Is.EqualTo($"id={world.ChildPort(port)!["id"]}"));

        world.Child.Skew = PortsAge;
        await LookAsync();
        await LookAsync();

        Assert.That(Tags(port), Is.EqualTo(new[] { "cascade-down" }));
        world.Child.ForgetRequests();
        await LookAsync();
        Assert.That(world.Child.Requests, Has.Count.EqualTo(2));
        Set(port, "ACTIVE");
        await LookAsync();
        Assert.That(world.Status(port), Is.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task The_owners_tags_stay_and_what_he_does_to_ours_is_put_right()
    {
        var port = (await UpAsync(1)).Single();
        Tag(port, "mine", "cascade-down", "cascade-up");
        await LookAsync();
        Assert.That(Tags(port), Is.EquivalentTo(new[] { "mine", "cascade-up" }), "it is up, and carries the mark of one that is down");

        Tag(port, "mine");
        await world.ResyncAsync();
        await world.SettleAsync();

        Assert.That(Tags(port), Is.EquivalentTo(new[] { "mine", "cascade-up" }));
    }

    [Test]
    public async Task A_mark_says_nothing_about_a_port_that_is_not_ours()
    {
        var network = world.Network();
        await world.PortAsync(network);
        var theirs = world.Child.Neutron.Make("ports", "tenant", new() { ["network_id"] = (string)world.ChildNetwork(network)!["id"]!, ["fixed_ips"] = new JsonArray() });
        world.Child.Neutron.Change("ports", (string)theirs["id"]!, members => (members["tags"], members["status"]) = (new JsonArray("cascade-down"), "ACTIVE"));
        var before = world.Parent.CallsOf("update_device_list").Count;

        await LookAsync();

        Assert.That(world.Parent.CallsOf("update_device_list"), Has.Count.EqualTo(before));
        Assert.That(world.Child.Neutron.Find("ports", (string)theirs["id"]!)!["tags"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_child_that_takes_no_more_tags_is_asked_by_id()
    {
        world.Child.On("PUT", "/ports/*/tags/*").Fail(100, 400, """{"NeutronError": {"type": "HTTPBadRequest", "message": "exceeds maximum tags", "detail": ""}}""");
        var port = (await UpAsync(1)).Single();

        Set(port, "DOWN");
        await LookAsync();

        Assert.That((world.Status(port), Tags(port).Length), Is.EqualTo(("DOWN", 0)));
    }

    [Test]
    public async Task The_answer_to_a_mark_may_be_lost()
    {
        world.Child.On("PUT", "/ports/*/tags/*").DropAfter();
        world.Child.On("DELETE", "/ports/*/tags/*").DropAfter();
        var port = (await UpAsync(1)).Single();
        Set(port, "DOWN");
        await LookAsync();
        await World.UntilAsync(() => Tags(port) is ["cascade-down"]);

        Set(port, "ACTIVE");
        await LookAsync();

        Assert.That(world.Status(port), Is.EqualTo("ACTIVE"));
    }

    [TestCase(Extension.FilterValidation, 1, TestName = "A child that looks at no filters tells what changed, and is not marked")]
    [TestCase(Extension.StandardAttrTag, 2, TestName = "A child without tags tells the times of all, then what changed")]
    public async Task A_child_of_another_kind_is_not_marked(string without, int requests)
    {
        world.Child.Neutron.SwitchOff(without);
        await world.RebornAsync();
        var port = (await UpAsync(1)).Single();
        Assert.That(Tags(port), Is.Empty);
        world.Child.ForgetRequests();

        Set(port, "DOWN");
        await LookAsync();

        Assert.That(world.Status(port), Is.EqualTo("DOWN"));
        Assert.That(world.Child.Count("GET", "/ports"), Is.EqualTo(requests), string.Join('\n', world.Child.Requests));
    }

    static readonly TimeSpan PortsAge = TimeSpan.FromMinutes(6);

    async Task<IReadOnlyList<string>> UpAsync(int count)
    {
        var network = world.Network(cidr: "10.10.0.0/16");
        var ports = Enumerable.Range(0, count).Select(_ => world.Parent.AddPort(network, World.Host)).ToList();
        await world.SettleAsync();
        ports.ForEach(world.Plug);
        await LookAsync();
        Assert.That(ports.Select(world.Status), Is.All.EqualTo("ACTIVE"));
        return ports;
    }

    async Task LookAsync()
    {
        await world.LookAsync();
        await world.SettleAsync();
    }

    string[] Tags(string port) => [.. world.ChildPort(port)!["tags"]?.AsArray().Select(tag => (string)tag!) ?? []];

    void Tag(string port, params string[] tags) =>
        world.Child.Neutron.Change("ports", (string)world.ChildPort(port)!["id"]!, members => members["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]));

    void Set(string port, string status) => world.Child.Neutron.SetPortStatus((string)world.ChildPort(port)!["id"]!, status);
}
