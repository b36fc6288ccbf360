using System.Text;
using Cascade.Contracts.Nova.Compute;
using Cascade.Images;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Support;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Kills;

/// <summary>
/// Our half dies at every step of the long operations: from that step on nothing of it reaches anybody. A new life hears the message again if the old one had not
/// let go of it, and must end as if nothing had happened. In one process, because there are many steps.
/// </summary>
public sealed class StepKillTests
{
    static readonly byte[] Disk = Encoding.UTF8.GetBytes("what the tenant wrote");

    [Test]
    public Task A_snapshot_survives_a_death_at_every_step() => AtEveryStepAsync(
        vm => vm.Queue("snap").Id,
        (vm, image) => (new SnapshotInstance(vm.Envelope(), image), "createImage", "image_snapshot_pending"),
        "active/-/1",
        (world, vm, image) =>
        {
            Assert.That(world.Above.Glance.Find(image)?.Bytes, Is.EqualTo(Disk));
            Assert.That(world.Child.Glance.Images.Where(one => one.Members.ContainsKey("cascade_snapshot")), Is.Empty);
        });

    [Test]
    public Task A_backup_survives_a_death_at_every_step() => AtEveryStepAsync(
        vm =>
        {
            vm.Queue("older", "backup", ("backup_type", "daily"));
            return vm.Queue("newer", "backup", ("backup_type", "daily")).Id;
        },
        (vm, image) => (new BackupInstance(vm.Envelope(), image, "daily", 1), "createBackup", "image_backup"),
        "active/-/1",
        (world, vm, image) => Assert.That(
            world.Above.Glance.Images.Where(one => (string?)one.Members["image_type"] == "backup").Select(one => one.Id), Is.EqualTo(new[] { image }), "the older one goes"));

    [Test]
    public Task A_shelve_survives_a_death_at_every_step() => AtEveryStepAsync(
        vm => vm.Queue("vm1-shelved").Id,
        (vm, image) => (new ShelveInstance(vm.Envelope(), image, true), "shelve", "shelving"),
        "shelved_offloaded/-/4",
        (world, vm, image) =>
        {
            Assert.That(world.Above.Glance.Find(image)?.Bytes, Is.EqualTo(Disk));
            Assert.That(world.Child.Nova.Servers, Is.Empty);
            Assert.That(world.Child.Glance.Images.Where(one => one.Members.ContainsKey("cascade_snapshot")), Is.Empty);
            Assert.That(world.Above.Placement.Consumers.ContainsKey(vm.Uuid), Is.False);
        });

    [Test]
    public Task An_unshelve_survives_a_death_at_every_step() => AtEveryStepAsync(
        vm => "",
        (vm, _) => (vm.UnshelveCall(), "unshelve", "unshelving"),
        "active/-/1",
        (world, vm, _) =>
        {
            Assert.That(vm.Servers, Has.Count.EqualTo(1));
            Assert.That(vm.Servers[0].Id, Is.EqualTo(vm.Link));
            Assert.That(world.Above.Glance.Images.Where(one => (string?)one.Members["name"] == "vm1-shelved"), Is.Empty);
        },
        shelved: true);

    [Test]
    public Task A_rebuild_survives_a_death_at_every_step() => AtEveryStepAsync(
        vm => vm.Another().Id,
        (vm, image) => (new RebuildInstance(vm.Envelope(), image, image, NewPass: "n3w"), "rebuild", "rebuilding"),
        "active/-/1",
        (world, vm, _) =>
        {
            Assert.That(world.Child.Glance.Find(world.Child.Nova.Find(vm.Link!)!.ImageId!)!.Bytes, Is.EqualTo(new byte[] { 9, 9, 9 }));
            Assert.That(world.Child.Requests.Count(request => request.Status == 202 && request.Body.StartsWith("{\"rebuild\"", StringComparison.Ordinal)), Is.EqualTo(1), "once");
        });

    [Test]
    public Task A_rescue_survives_a_death_at_every_step() => AtEveryStepAsync(
        vm => "",
        (vm, _) => (new RescueInstance(vm.Envelope(), "r3scue", null, true), "rescue", "rescuing"),
        "rescued/-/1",
        (world, vm, _) => Assert.That(world.Child.Nova.Find(vm.Link!)!.Status, Is.EqualTo("RESCUE")));

    static async Task AtEveryStepAsync<T>(
        Func<Wanted, string> prepare,
        Func<Wanted, string, (T Call, string Action, string TaskState)> order,
        string end,
        Action<World, Wanted, string> check,
        bool shelved = false)
        where T : Oslo.Wire.Rpc.IRpcCall<T>
    {
        for (var step = 1; ; step++)
        {
            var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
            await using var world = await World.StartAsync(time: time);
            var vm = new Wanted(world);
            await vm.BuildAsync();
            await LookAsync(world, time);
            world.Child.Nova.Change(vm.Link!, server => server.Disk = Disk);
            if (shelved)
            {
                await vm.ShelveAsync(vm.Queue("vm1-shelved").Id);
                await GoOnAsync(world, time);
                Assert.That(world.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"));
                world.Above.Placement.Allocate(vm.Uuid, world.Provider.Uuid, World.Project, "u1", ("VCPU", 1), ("MEMORY_MB", 2048));
            }

            var image = prepare(vm);
            world.Conductor.EditInstance(vm.Uuid, row =>
            {
                var asked = order(vm, image);
                row["task_state"] = asked.TaskState;
                if (asked.Call is RebuildInstance)
                {
                    row["image_ref"] = image;
                }
            });
            var (call, action, _) = order(vm, image);
            var context = vm.Ask(action);
            var death = new Death(world, step);
            var letGo = false;
            try
            {
                await world.DeliverAsync(call, context);
                letGo = !death.HasCome;
                await GoOnAsync(world, time);
            }
            catch (Exception) when (death.HasCome)
            {
                // The dead do not answer.
            }

            world.Of<Deliveries>().Dispose();
            death.IsOver();
            if (!death.HasCome)
            {
                Assert.That(world.State(vm.Uuid), Is.EqualTo(end));
                Assert.That(step, Is.GreaterThan(4), "it was killed at every step, and there were some");
                return;
            }

            await world.RebornAsync();
            if (!letGo)
            {
                await world.DeliverAsync(call, context);
            }

            await GoOnAsync(world, time);
            Assert.That(world.State(vm.Uuid), Is.EqualTo(end), $"killed at step {step}, {death.Step}");
            Assert.That(world.Conductor.Faults(vm.Uuid), Is.Empty, $"killed at step {step}, {death.Step}");
            check(world, vm, image);
        }
    }

    /// <summary>Long enough for a watch, and for what nobody works on to be taken up.</summary>
    static async Task GoOnAsync(World world, FakeTimeProvider time)
    {
        for (var pass = 0; pass < 5; pass++)
        {
            await LookAsync(world, time);
            await world.CarriedAsync();
            await world.ResumeAsync();
            time.Advance(TimeSpan.FromSeconds(30));
        }

        await LookAsync(world, time);
        await world.CarriedAsync();
        await LookAsync(world, time);
    }

    static async Task LookAsync(World world, FakeTimeProvider time)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        await world.LookAsync();
    }

    /// <summary>From one step on nobody hears us: the conductor gives no answer, and neither cloud can be reached. Reads are no steps: a death at one is a death before the next change.</summary>
    sealed class Death
    {
        readonly Lock one = new();
        readonly World world;
        readonly int at;
        int seen;

        public Death(World world, int at)
        {
            (this.world, this.at) = (world, at);
            world.Conductor.Before = call =>
            {
                if (Saw(call.ObjectMethod.Contains(".get_", StringComparison.Ordinal) ? null : $"conductor {call.ObjectMethod}"))
                {
                    throw new RpcTimeoutException("nobody is there any more");
                }
            };
            world.Child.Arriving = request => Task.FromResult(Saw(request.Method == "GET" || request.Service == "identity" ? null : $"child {request.Method} {request.Path}"));
            world.Above.Arriving = request => Task.FromResult(Saw(request.Method == "GET" || request.Service == "identity" ? null : $"parent {request.Method} {request.Path}"));
        }

        public bool HasCome { get; private set; }

        public string Step { get; private set; } = "";

        public void IsOver()
        {
            world.Conductor.Before = null;
            world.Child.Arriving = null;
            world.Above.Arriving = null;
            world.Child.Unreachable = world.Above.Unreachable = false;
        }

        bool Saw(string? step)
        {
            lock (one)
            {
                if (!HasCome && step is not null && ++seen == at)
                {
                    HasCome = true;
                    Step = step;
                    world.Child.Unreachable = world.Above.Unreachable = true;
                }

                return HasCome;
            }
        }
    }
}
