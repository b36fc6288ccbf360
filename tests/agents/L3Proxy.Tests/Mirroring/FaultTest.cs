using System.Text.Json.Nodes;
using Cascade.Support;

namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>What goes wrong on the way: lost answers, refusals, quotas, a child that is away, an end between any two steps, notices that are lost, doubled or late.</summary>
public sealed class FaultTest : WorldTest
{
    [TestCase("POST", "/routers")]
    [TestCase("POST", "/ports")]
    [TestCase("PUT", "/routers/*")]
    [TestCase("PUT", "/routers/*/add_router_interface")]
    [TestCase("POST", "/floatingips")]
    [TestCase("POST", "/floatingips/*/port_forwardings")]
    [TestCase("POST", "/routers/*/conntrack_helpers")]
    [TestCase("POST", "/qos/policies")]
    [TestCase("POST", "/qos/policies/*/bandwidth_limit_rules")]
    [TestCase("PUT", "/ports/*")]
    public async Task An_answer_that_is_lost_makes_nothing_twice(string method, string path)
    {
        var rule = world.Child.On(method, path).DropAfter();
        var everything = await Everything.MakeAsync(world);

        await everything.ExpectWholeAsync();
        Assert.That(rule.Hits, Is.EqualTo(1));
    }

    [TestCase("POST", "/routers")]
    [TestCase("POST", "/ports")]
    [TestCase("PUT", "/routers/*")]
    [TestCase("PUT", "/routers/*/add_router_interface")]
    [TestCase("POST", "/floatingips")]
    [TestCase("POST", "/floatingips/*/port_forwardings")]
    [TestCase("POST", "/routers/*/conntrack_helpers")]
    [TestCase("POST", "/qos/policies")]
    [TestCase("POST", "/qos/policies/*/bandwidth_limit_rules")]
    [TestCase("PUT", "/ports/*")]
    [TestCase("GET", "/routers")]
    [TestCase("GET", "/ports")]
    [TestCase("GET", "/floatingips")]
    [TestCase("GET", "/networks")]
    [TestCase("GET", "/subnets")]
    [TestCase("GET", "/qos/policies")]
    [TestCase("GET", "/qos/rule-types")]
    public async Task What_fails_is_tried_again(string method, string path)
    {
        world.Child.On(method, path).Fail(2, 500);
        var everything = await Everything.MakeAsync(world);

        await everything.ExpectWholeAsync();
    }

    [TestCase("PUT", "/routers/*/remove_router_interface")]
    [TestCase("DELETE", "/routers/*")]
    [TestCase("DELETE", "/floatingips/*")]
    [TestCase("DELETE", "/floatingips/*/port_forwardings/*")]
    [TestCase("PUT", "/routers/*")]
    public async Task What_goes_is_gone_whether_an_answer_is_lost_or_a_request_fails(string method, string path)
    {
        var everything = await Everything.MakeAsync(world);
        await everything.ExpectWholeAsync();
        world.Child.On(method, path).DropAfter();
        world.Child.On(method, path).FailOnce(500);

        world.Parent.MoveRouter(everything.Router, World.There);

        await World.UntilAsync(() => world.Child.Neutron.Routers.Count == 0 && world.Child.Neutron.FloatingIps.Count == 0);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Ports.Select(port => (string?)port["device_owner"]), Is.All.EqualTo("compute:nova"));
    }

    [Test]
    public async Task An_end_between_any_two_steps_of_making_leaves_one_of_everything([Values] bool effect)
    {
        var cuts = 0;
        for (var step = 1; ; step++)
        {
            using var cut = new Cut(world, step, effect);
            var everything = await Everything.MakeAsync(world);
            if (!await cut.SprungOrAsync(everything.IsWhole))
            {
                break;
            }

            await world.DieAsync();
            cut.Heal();
            await world.RebornAsync();
            await everything.ExpectWholeAsync();
            await everything.RemoveAsync();
            cuts++;
        }

        await TestContext.Out.WriteLineAsync($"{cuts} steps");
        Assert.That(cuts, Is.GreaterThan(8));
    }

    [Test]
    public async Task An_end_between_any_two_steps_of_leaving_leaves_nothing([Values] bool effect)
    {
        var cuts = 0;
        for (var step = 1; ; step++)
        {
            var everything = await Everything.MakeAsync(world);
            await everything.ExpectWholeAsync();
            using var cut = new Cut(world, step, effect);
            world.Parent.MoveRouter(everything.Router, World.There);
            if (!await cut.SprungOrAsync(() => world.Child.Neutron.Routers.Count == 0))
            {
                await world.SettleAsync();
                Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
                break;
            }

            await world.DieAsync();
            cut.Heal();
            await world.RebornAsync();
            await world.ReapAsync();
            Assert.That(world.Child.Neutron.Routers, Is.Empty, $"step {step}");
            Assert.That(world.Child.Neutron.FloatingIps, Is.Empty, $"step {step}");
            everything.Forget();
            cuts++;
        }

        await TestContext.Out.WriteLineAsync($"{cuts} steps");
        Assert.That(cuts, Is.GreaterThan(4));
    }

    [Test]
    public async Task An_end_between_any_two_steps_of_a_change_ends_as_the_parent_says([Values] bool effect)
    {
        var cuts = 0;
        for (var step = 1; ; step++)
        {
            var everything = await Everything.MakeAsync(world);
            await everything.ExpectWholeAsync();
            using var cut = new Cut(world, step, effect);
            everything.Change();
            var sprung = await cut.SprungOrAsync(everything.IsWhole);
            if (sprung)
            {
                await world.DieAsync();
                cut.Heal();
                await world.RebornAsync();
            }

            await everything.ExpectWholeAsync();
            await everything.RemoveAsync();
            if (!sprung)
            {
                break;
            }

            cuts++;
        }

        await TestContext.Out.WriteLineAsync($"{cuts} steps");
        Assert.That(cuts, Is.GreaterThan(4));
    }

    [Test]
    public async Task An_end_at_any_word_to_the_parent_leaves_one_of_everything([Values] bool effect)
    {
        var watch = world.Parent.Before!;
        var cuts = 0;
        for (var step = 1; ; step++)
        {
            var (seen, sprung) = (0, false);
            world.Parent.Before = call =>
            {
                watch(call);
                if (Volatile.Read(ref sprung) || Interlocked.Increment(ref seen) == step + (effect ? 1 : 0))
                {
                    Volatile.Write(ref sprung, true);
                    throw new Oslo.Messaging.Rpc.RpcTimeoutException("no answer");
                }
            };
            var everything = await Everything.MakeAsync(world);
            await World.UntilAsync(() => Volatile.Read(ref sprung) || everything.IsWhole());
            var killed = Volatile.Read(ref sprung);
            if (killed)
            {
                await world.DieAsync();
            }

            world.Parent.Before = watch;
            if (!killed)
            {
                break;
            }

            await world.RebornAsync();
            await everything.ExpectWholeAsync();
            await everything.RemoveAsync();
            cuts++;
        }

        await TestContext.Out.WriteLineAsync($"{cuts} words");
        Assert.That(cuts, Is.GreaterThan(3));
    }

    [TestCase("router")]
    [TestCase("floatingip")]
    [TestCase("port")]
    public async Task A_quota_of_our_own_project_refuses_until_it_is_raised(string resource)
    {
        world.Child.Neutron.SetQuota(world.Project, resource, 0);
        var router = await world.RouterAsync();
        var ip = world.Parent.AddFloatingIp(world.Outside, world.AddServer());
        await world.SettleAsync();
        Assert.That(world.Trouble(router), Does.Contain("Quota exceeded"));
        Assert.That(world.StatusOf(ip), Is.Not.EqualTo("ACTIVE"));

        world.Child.Neutron.SetQuota(world.Project, resource, 10);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        await World.UntilAsync(() => world.Trouble(router).Length == 0);
    }

    [Test]
    public async Task A_gateway_address_that_somebody_in_the_child_has_is_refused_and_taken_when_it_is_free()
    {
        var foreign = (string)world.Child.Neutron.Make("ports", "operator", new()
        {
            ["network_id"] = world.ChildOutside, ["fixed_ips"] = new JsonArray(new JsonObject { ["ip_address"] = "203.0.113.77" }),
        })["id"]!;
        var router = await world.RouterAsync(gateway: false);
        world.Parent.SetGateway(router, world.Outside, address: "203.0.113.77");
        await world.SettleAsync();
        Assert.That(world.ChildGateway(router), Is.Empty);
        Assert.That(world.Trouble(router), Does.Contain("203.0.113.77"));

        world.Child.Neutron.Vanish("ports", foreign);
        await World.UntilAsync(() => world.ChildGateway(router).SequenceEqual(["203.0.113.77"]));
    }

    [Test]
    public async Task One_router_that_cannot_be_done_stops_none_of_the_others()
    {
        var (stranger, _) = world.AddOutside("198.51.100.0/24", declared: false);
        var bad = await world.RouterAsync(gateway: false, inside: false);
        world.Parent.SetGateway(bad, stranger);
        var worse = world.Parent.AddRouter(edit: of => of["ha"] = true);
        world.Parent.MoveRouter(worse, World.Here);

        var (_, _, ip) = await world.ServedAsync();

        Assert.That(world.StatusOf(ip), Is.EqualTo("ACTIVE"));
        Assert.That(world.Trouble(bad), Is.Not.Empty);
        Assert.That(world.Trouble(worse), Is.Not.Empty);
    }

    [Test]
    public async Task While_the_child_is_away_nothing_is_lost()
    {
        var (router, server, ip) = await world.ServedAsync();
        world.Child.Unreachable = true;
        world.Parent.EditRouter(router, of => of["name"] = "renamed");
        world.Parent.DeleteFloatingIp(ip);
        var next = world.Parent.AddFloatingIp(world.Outside, server);
        await World.UntilAsync(() => world.Trouble(router).Length > 0);

        world.Child.Unreachable = false;
        await World.UntilAsync(() => world.StatusOf(next) == "ACTIVE");
        await world.SettleAsync();

        Assert.That((string?)world.ChildRouter(router)!["name"], Is.EqualTo("renamed"));
        Assert.That(world.ChildFloatingIp(ip), Is.Null);
    }

    [Test]
    public async Task The_parent_that_does_not_answer_when_it_is_told_is_told_again()
    {
        await world.RouterAsync();
        var watch = world.Parent.Before!;
        var failures = 2;
        world.Parent.Before = call =>
        {
            watch(call);
            if (call.Method is "update_floatingip_statuses" or "update_device_list" && failures-- > 0)
            {
                throw new Oslo.Wire.Failures.RpcFault("oslo_db.exception", "DBDeadlock", "try restarting transaction");
            }
        };

        var ip = world.Parent.AddFloatingIp(world.Outside, world.AddServer());
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
    }

    [Test]
    public async Task Notices_that_come_three_times_do_the_same_as_once()
    {
        world.Times = 3;
        var everything = await Everything.MakeAsync(world);
        await everything.ExpectWholeAsync();

        world.Parent.MoveRouter(everything.Router, World.There);
        await World.UntilAsync(() => world.Child.Neutron.Routers.Count == 0);
    }

    [Test]
    public async Task Notices_that_are_lost_are_found_by_a_comparison()
    {
        var everything = await Everything.MakeAsync(world);
        await everything.ExpectWholeAsync();
        world.Silent = true;
        everything.Change();
        world.Silent = false;

        await world.CompareAsync();
        await everything.ExpectWholeAsync();
    }

    [Test]
    public async Task A_quiet_look_that_comes_late_does_not_undo_what_a_whole_one_has_noted()
    {
        var (router, _, ip) = await world.ServedAsync();
        var second = world.AddServer();
        var gate = new TaskCompletionSource();
        var held = 0;
        world.Parent.Hold = call => call.Method == "update_floatingip_statuses" && Interlocked.Exchange(ref held, 1) == 0 ? gate.Task : Task.CompletedTask;
        world.Child.Neutron.SetFloatingIpStatus((string)world.ChildFloatingIp(ip)!["id"]!, "DOWN");
        await world.Of<Watching.NotUpWatch>().LookAsync(default);
        await World.UntilAsync(() => Volatile.Read(ref held) == 1);

        // The quiet look waits for its answer; meanwhile another floating IP comes.
        world.Child.Neutron.Hold("floatingips");
        var next = world.Parent.AddFloatingIp(world.Outside, second);
        await World.UntilAsync(() => world.ChildFloatingIp(next) is not null && world.Of<Routers.RouterBook>().Find(router)!.FloatingIps.ContainsKey(next));
        gate.SetResult();
        await world.SettleAsync();
        world.Child.Neutron.Release("floatingips");

        await World.UntilAsync(() => world.StatusOf(next) == "ACTIVE");
    }

    /// <summary>Cuts every connection from the Nth write on, or from what comes after it.</summary>
    sealed class Cut : IDisposable
    {
        readonly World world;
        readonly TaskCompletionSource sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int seen;

        public Cut(World world, int step, bool effect)
        {
            this.world = world;
            var isNext = false;
            world.Child.Arriving = request =>
            {
                var isStep = request.Service == "network" && request.Method != "GET" && Interlocked.Increment(ref seen) == step;
                if (Volatile.Read(ref isNext) || (isStep && !effect))
                {
                    world.Child.Unreachable = true;
                    sprung.TrySetResult();
                }

                if (isStep)
                {
                    Volatile.Write(ref isNext, true);
                }

                return Task.CompletedTask;
            };
        }

        public void Heal()
        {
            world.Child.Arriving = null;
            world.Child.Heal();
        }

        /// <returns>False when it was whole before.</returns>
        public async Task<bool> SprungOrAsync(Func<bool> whole)
        {
            await World.UntilAsync(() => sprung.Task.IsCompleted || whole());
            if (!sprung.Task.IsCompleted)
            {
                Heal();
            }

            return sprung.Task.IsCompleted;
        }

        public void Dispose() => Heal();
    }

    /// <summary>A router with all that one may have.</summary>
    sealed class Everything
    {
        readonly World world;
        string forwarding = "";
        string second = "";
        string policy = "";

        Everything(World world) => this.world = world;

        public string Router { get; private set; } = "";

        public string Server { get; private set; } = "";

        public string FloatingIp { get; private set; } = "";

        public string Forwarded { get; private set; } = "";

        public static async Task<Everything> MakeAsync(World world)
        {
            var made = new Everything(world) { Router = world.Parent.AddRouter("whole") };
            made.Server = world.AddServer();
            made.second = world.AddServer();
            world.Parent.MoveRouter(made.Router, World.Here);
            made.policy = world.Limit(1000);
            world.Parent.SetGateway(made.Router, world.Outside, edit: of => of["qos_policy_id"] = made.policy);
            world.Parent.AddInterface(made.Router, world.Subnet);
            world.Parent.SetRoutes(made.Router, ("10.97.0.0/16", "10.10.0.7"));
            world.Parent.AddConntrackHelper(made.Router);
            made.FloatingIp = world.Parent.AddFloatingIp(world.Outside, made.Server, edit: of => of["qos_policy_id"] = made.policy);
            made.Forwarded = world.Parent.AddFloatingIp(world.Outside);
            made.forwarding = world.Parent.AddPortForwarding(made.Forwarded, made.second, 8080, 80);
            await Task.Yield();
            return made;
        }

        public void Change()
        {
            world.Parent.EditRouter(Router, of => of["name"] = "changed");
            world.Parent.SetRoutes(Router, ("10.96.0.0/16", "203.0.113.200"));
            world.Parent.DeleteFloatingIp(FloatingIp);
            world.Parent.EditPortForwarding(forwarding, one => (one["external_port"], one["external_port_range"]) = (9090, "9090:9090"));
            policy = world.Limit(2000);
            FloatingIp = world.Parent.AddFloatingIp(world.Outside, Server, edit: of => of["qos_policy_id"] = policy);
            world.Parent.SetGateway(Router, world.Outside, enableSnat: false, edit: of => of["qos_policy_id"] = policy);
        }

        public bool IsWhole() => Wrong() is null;

        public async Task ExpectWholeAsync()
        {
            try
            {
                await World.UntilAsync(IsWhole, TimeSpan.FromSeconds(15));
                await world.SettleAsync();
            }
            catch (OperationCanceledException)
            {
                // Told below, with what it is.
            }

            Assert.That(Wrong(), Is.Null, $"{world.Picture(Router)}\n{world.Trouble(Router)}");
        }

        /// <summary>Out of both clouds.</summary>
        public async Task RemoveAsync()
        {
            world.Parent.DeleteFloatingIp(FloatingIp);
            world.Parent.DeleteFloatingIp(Forwarded);
            world.Parent.SetRoutes(Router);
            world.Parent.RemoveInterface(Router, world.Subnet);
            world.Parent.DeleteRouter(Router);
            await World.UntilAsync(() => world.Child.Neutron.Routers.Count + world.Child.Neutron.FloatingIps.Count == 0);
            Unplug();
        }

        /// <summary>Out of the parent, of one that is another host's.</summary>
        public void Forget()
        {
            world.Silent = true;
            world.Parent.DeleteFloatingIp(FloatingIp);
            world.Parent.DeleteFloatingIp(Forwarded);
            world.Parent.SetRoutes(Router);
            world.Parent.RemoveInterface(Router, world.Subnet);
            world.Parent.DeleteRouter(Router);
            world.Silent = false;
            Unplug();
        }

        void Unplug()
        {
            foreach (var server in new[] { Server, second })
            {
                world.Child.Neutron.Vanish("ports", (string)world.ChildPort(server)!["id"]!);
                world.Parent.DeletePort(server);
            }
        }

        string? Wrong()
        {
            var routers = world.Child.Neutron.Routers;
            if (routers.Count != 1)
            {
                return $"{routers.Count} routers";
            }

            var shown = world.Parent.Router(Router)!;
            var there = world.Child.Neutron.Ports.Where(port => ((string)port["device_owner"]!).StartsWith("network:router", StringComparison.Ordinal)).ToList();
            var gateway = World.Addresses(world.Parent.Port((string)shown["gw_port_id"]!));
            var forwarded = world.Parent.PortForwarding(forwarding)!;
            var forwards = world.ChildFloatingIp(Forwarded) is { } seen ? world.Child.Neutron.PortForwardingsOf((string)seen["id"]!) : [];
            return (string?)routers[0]["name"] != (string?)shown["name"] ? "another name"
                : there.Count != 2 ? $"{there.Count} ports of routers"
                : world.ChildInterfaces(Router).Count != 1 ? "no interface"
                : !world.ChildGateway(Router).SequenceEqual(gateway) ? "another gateway"
                : (bool)routers[0]["external_gateway_info"]!["enable_snat"]! != (bool)shown["external_gateway_info"]!["enable_snat"]! ? "another SNAT"
                : routers[0]["routes"]!.ToJsonString() != shown["routes"]!.ToJsonString() ? "other routes"
                : routers[0]["conntrack_helpers"]!.AsArray().Count != 1 ? "no helper"
                : world.Child.Neutron.FloatingIps.Count != 2 ? $"{world.Child.Neutron.FloatingIps.Count} floating IPs"
                : (string?)world.ChildFloatingIp(FloatingIp)?["port_id"] is not { } port || port != (string?)world.ChildPort(Server)!["id"] ? "a floating IP that leads elsewhere"
                : forwards.Count != 1 || (string?)forwards[0]["external_port_range"] != (string?)forwarded["external_port_range"] ? "another forwarding"
                : world.ChildPolicy(policy) is not { } limit || limit["rules"]!.AsArray().Count != 1 ? "no limit"
                : (string?)routers[0]["external_gateway_info"]!["qos_policy_id"] != (string?)limit["id"] ? "a gateway with another limit"
                : (string?)world.ChildFloatingIp(FloatingIp)?["qos_policy_id"] != (string?)limit["id"] ? "a floating IP with another limit"
                : world.StatusOf(FloatingIp) != "ACTIVE" || world.StatusOf(Forwarded) != "ACTIVE" ? $"floating IPs that are {world.StatusOf(FloatingIp)} and {world.StatusOf(Forwarded)}"
                : world.Parent.PortsOf(Router).FirstOrDefault(id => world.PortStatus(id) != "ACTIVE") is { } down ? $"port {down} is {world.PortStatus(down)}"
                : null;
        }
    }
}
