using System.Text.Json.Nodes;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Kills;

/// <summary>kill -9 of the real process between any two steps of a server that boots from a volume made of an image, and is deleted with it.</summary>
[NonParallelizable]
public sealed class VolumeKillTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    KillWorld world = null!;

    FakeCinder Cinder => world.Parent.Cloud.Cinder;

    [SetUp]
    public async Task Begin()
    {
        Broker.AvailableOrIgnore();
        world = await KillWorld.StartAsync();
        Cinder.CascadesTo = world.Child;
    }

    [TearDown]
    public async Task End()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }

    [Test]
    public async Task Killed_at_every_step_of_its_life_it_has_one_volume_and_then_none()
    {
        for (var step = 1; ; step++)
        {
            var uuid = await KilledAsync(
                step,
                () => world.Parent.BootAsync($"volume-{step}", FromVolume),
                uuid => world.Parent.ExpectInstanceAsync(uuid, "active", Patience));
            var volume = Cinder.Volumes.Single();
            Assert.That((volume.Status, Cinder.Attachments.Single().Status), Is.EqualTo(("in-use", "attached")));
            Assert.That(world.Child.Nova.Tagged($"cascade:{uuid.Value}").Single().Volumes.Single().VolumeId, Is.EqualTo(volume.ProviderId));

            var gone = await KilledAsync(
                step,
                async () =>
                {
                    await world.Parent.DeleteAsync(uuid.Value);
                    return uuid.Value;
                },
                _ => world.Parent.ExpectGoneAsync(uuid.Value, Patience));
            Assert.That((Cinder.Volumes.Count, Cinder.Attachments.Count, world.Child.Cinder.Volumes.Count), Is.EqualTo((0, 0, 0)));
            if (!uuid.Killed && !gone.Killed)
            {
                break;
            }
        }

        Assert.That(world.Kills, Is.GreaterThan(20), "it has more steps than that");
    }

    async Task<(string Value, bool Killed)> KilledAsync(int step, Func<Task<string>> ask, Func<string, Task> expect)
    {
        var trap = world.KillAt(step, changes: true);
        var uuid = await ask();
        var expected = expect(uuid);
        var killed = await Task.WhenAny(trap.Sprung, expected) == trap.Sprung;
        world.Disarm();
        if (killed)
        {
            await TestContext.Out.WriteLineAsync($"step {step}: killed at {await trap.Sprung}");
            await world.StartAgentAsync();
        }

        try
        {
            await expected;
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{uuid} is {world.Parent.Conductor.Instance(uuid)!.ToJsonString()}\n{world.Tail()}");
        }

        return (uuid, killed);
    }

    void FromVolume(JsonObject args)
    {
        args["instance"]!["nova_object.data"]!["image_ref"] = "";
        foreach (var bdm in args["block_device_mapping"]!["nova_object.data"]!["objects"]!.AsArray())
        {
            var data = bdm!["nova_object.data"]!;
            (data["uuid"], data["destination_type"], data["volume_size"], data["delete_on_termination"]) = (Guid.NewGuid().ToString("D"), "volume", 1, true);
        }
    }
}
