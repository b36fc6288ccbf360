using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Kills;

/// <summary>The child is gone in the middle of much work, and comes back.</summary>
[NonParallelizable]
public sealed class OutageTests : KillFixture
{
    const int OfEach = 10;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>
    /// For as many seconds as <c>CASCADE_OUTAGE</c> says (600: ten minutes); twelve without it. Half of the orders are given before, half while nobody answers: the
    /// API takes them as long as it believes that the host is up.
    /// </summary>
    [Test]
    public async Task Fifty_mixed_operations_that_a_cut_falls_into_are_each_done_once_when_the_child_is_back()
    {
        var outage = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("CASCADE_OUTAGE"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 12);
        var orders = await PrepareAsync();
        World.Child.Nova.Pause = TimeSpan.FromMilliseconds(500);
        World.Child.ForgetRequests();
        CutAfter(changes: orders.Count / 4);
        foreach (var order in orders.Take(orders.Count / 2))
        {
            await order.GiveAsync();
        }

        await World.Child.UntilAsync(cloud => cloud.Unreachable, Patience);
        foreach (var order in orders.Skip(orders.Count / 2))
        {
            await order.GiveAsync();
        }

        await ReportsEndAsync();
        var silent = Reports();
        await Task.Delay(outage, TimeProvider.System);
        Assert.That(Reports(), Is.EqualTo(silent), "the service is down in the parent for as long as the child is away");

        World.Child.Arriving = null;
        World.Child.Unreachable = false;
        await World.Parent.Conductor.UntilAsync(_ => Reports() > silent, Patience);
        foreach (var order in orders)
        {
            await DoneAsync(order);
        }

        await World.ExpectWholeAsync([.. orders.Where(order => order.Ends is not null).Select(order => order.Uuid)]);
        using (Assert.EnterMultipleScope())
        {
            foreach (var order in orders)
            {
                var action = World.Parent.Conductor.Actions(order.Uuid).Single(one => one.Action == order.Action);
                Assert.That(action.Events.Select(one => one.Result), Is.All.EqualTo("Success").And.Not.Empty, $"{order.Action} of {order.Uuid}: {World.Parent.Conductor.Instance(order.Uuid)!["task_state"]}");
            }

            Assert.That(World.Child.Nova.Made, Is.EqualTo(orders.Count + Foreign), "no server was made twice");
            var twice = World.Child.Requests
                .Where(request => request.Status == 202 && request.Path.EndsWith("/action", StringComparison.Ordinal))
                .GroupBy(request => (request.Path, JsonNode.Parse(request.Body)!.AsObject().First().Key)).Where(same => same.Count() > 1).Select(same => same.Key);
            Assert.That(twice, Is.Empty, "nothing was taken by the child twice");
        }
    }

    /// <summary>What <see cref="KillWorld"/> plants.</summary>
    const int Foreign = 4;

    /// <summary>Fifty: builds, stops, hard reboots, pauses and deletes in turn, each of an instance of its own.</summary>
    async Task<IReadOnlyList<Order>> PrepareAsync()
    {
        var kinds = new Func<string, Order>[]
        {
            uuid => Order.To(uuid, "stop", "stopped", World.Parent.StopAsync),
            uuid => Order.To(uuid, "reboot", "active", one => World.Parent.RebootAsync(one, hard: true)),
            uuid => Order.To(uuid, "pause", "paused", one => World.Parent.ActAsync(one, "pause", "pausing", "pause_instance", [])),
            uuid => Order.To(uuid, "delete", null, World.Parent.DeleteAsync),
        };
        var orders = new List<Order>();
        for (var number = 0; number < OfEach; number++)
        {
            foreach (var kind in kinds)
            {
                var uuid = await World.Parent.BootAsync($"vm-{orders.Count}");
                orders.Add(kind(uuid));
            }
        }

        foreach (var order in orders)
        {
            await World.Parent.ExpectInstanceAsync(order.Uuid, "active", Patience);
        }

        // A build is ordered when its turn comes, between the others.
        for (var number = 0; number < OfEach; number++)
        {
            var name = $"late-{number}";
            orders.Insert(number * (kinds.Length + 1), new("create", "active", () => World.Parent.BootAsync(name)));
        }

        return orders;
    }

    void CutAfter(int changes)
    {
        var seen = 0;
        World.Child.Arriving = request =>
        {
            if (request is { Service: "compute", Method: "POST" or "DELETE" } && Interlocked.Increment(ref seen) == changes)
            {
                World.Child.Unreachable = true;
            }

            return Task.CompletedTask;
        };
    }

    /// <summary>Ends when three reports (of one a second) have not come.</summary>
    async Task ReportsEndAsync()
    {
        for (long before = -1; before != Reports();)
        {
            before = Reports();
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        }
    }

    long Reports() => (long)World.Parent.Conductor.Services.Single(service => (string?)service["host"] == World.Parent.Host)["report_count"]!;

    async Task DoneAsync(Order order)
    {
        try
        {
            await (order.Ends is { } state ? World.Parent.ExpectInstanceAsync(order.Uuid, state, Patience) : World.Parent.ExpectGoneAsync(order.Uuid, Patience));
            await World.Parent.Conductor.UntilAsync(now => now.Actions(order.Uuid).Single(one => one.Action == order.Action).Events.All(one => one.Result is not null), Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{order.Action} of {order.Uuid}: {World.Parent.Conductor.Instance(order.Uuid)!.ToJsonString()}\n{World.Tail()}");
        }
    }

    /// <param name="action">As the owner sees it.</param>
    /// <param name="ends">The vm_state; null: deleted.</param>
    /// <param name="give">Gives it, and says of which instance.</param>
    sealed class Order(string action, string? ends, Func<Task<string>> give)
    {
        public string Action => action;

        public string? Ends => ends;

        /// <summary>The instance; of a build known once it is ordered.</summary>
        public string Uuid { get; private set; } = "";

        /// <summary>Of an instance that is there.</summary>
        public static Order To(string uuid, string action, string? ends, Func<string, Task> give) => new(
            action,
            ends,
            async () =>
            {
                await give(uuid);
                return uuid;
            })
        { Uuid = uuid };

        public async Task GiveAsync() => Uuid = await give();
    }
}
