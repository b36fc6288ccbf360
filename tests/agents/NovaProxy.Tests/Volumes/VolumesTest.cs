using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.NovaProxy.Volumes;
using Cascade.Oslo.Wire.Objects;
using Cascade.Support;
using Cascade.Support.Parent;

namespace Cascade.NovaProxy.Tests.Volumes;

/// <summary>Two clouds; the parent's Cinder answers as one with Cinder-Proxy behind it: its volumes are the child's.</summary>
public abstract class VolumesTest
{
    CancellationTokenSource over = null!;

    private protected World World { get; private set; } = null!;

    private protected FakeCinder Parent => World.Above.Cinder;

    private protected virtual TimeProvider? Clock => null;

    private protected virtual FakeCloudOptions? ChildSetup => null;

    [SetUp]
    public async Task Begin()
    {
        over = new();
        World = await World.StartAsync(ChildSetup, Clock);
        Parent.CascadesTo = World.Child;
        Serve();
    }

    [TearDown]
    public async Task End()
    {
        await over.CancelAsync();
        await World.DisposeAsync();
        over.Dispose();
    }

    private protected async Task RebornAsync()
    {
        await World.RebornAsync();
        Serve();
    }

    private protected async Task<Wanted> ActiveAsync()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        return vm;
    }

    /// <summary>One that its tenant called bootable when it was there (os-set_bootable).</summary>
    private protected string Volume(int size = 1, string? type = null)
    {
        var made = Parent.Make(World.Project, size, type);
        Parent.Change(made.Id, volume => volume.Bootable = true);
        return made.Id;
    }

    /// <summary>The child's volume that stands for one of the parent.</summary>
    private protected string ChildOf(string volume) => Parent.Find(volume)!.ProviderId!;

    private protected string? Status(string volume) => Parent.Find(volume)?.Status;

    private protected string? ChildStatus(string volume) => World.Child.Cinder.Find(ChildOf(volume))?.Status;

    private protected FakeServer Server(Wanted vm) => World.Child.Nova.Find(vm.Link!)!;

    private protected JsonObject? Bdm(Wanted vm, string volume) => World.Conductor.Bdms(vm.Uuid).SingleOrDefault(bdm => (string?)bdm["volume_id"] == volume);

    private protected Task<JsonNode?> ReserveAsync(Wanted vm, string volume, string? tag = null, bool multiattach = false, CancellationToken cancelled = default) =>
        World.DeliverAsync(new ReserveBlockDeviceName(vm.Envelope(), volume, null, null, null, tag, multiattach), vm.Context($"req-{Guid.NewGuid():D}"), cancelled);

    /// <summary>As nova-api has it when it casts: the name reserved here, the volume in Cinder, the mapping with its attachment.</summary>
    private protected async Task<AttachVolume> AskedAsync(Wanted vm, string volume, string? tag = null, bool multiattach = false)
    {
        await ReserveAsync(vm, volume, tag, multiattach);
        var attachment = Parent.Reserve(volume, vm.Uuid);
        World.Conductor.EditBdm(vm.Uuid, bdm => (string?)bdm["volume_id"] == volume, bdm => bdm["attachment_id"] = attachment);
        return new(vm.Envelope(), new(ObjectDialect.Nova, "BlockDeviceMapping", "1.20", Bdm(vm, volume)!));
    }

    private protected async Task AttachAsync(Wanted vm, string volume, string? tag = null, bool multiattach = false) =>
        await World.DeliverAsync(await AskedAsync(vm, volume, tag, multiattach), vm.Ask("attach_volume"));

    private protected async Task<Wanted> WithVolumeAsync(string volume)
    {
        var vm = await ActiveAsync();
        await AttachAsync(vm, volume);
        Assert.That(Status(volume), Is.EqualTo("in-use"));
        return vm;
    }

    private protected Task DetachAsync(Wanted vm, string volume)
    {
        Parent.BeginDetaching(volume);
        return World.DeliverAsync(new DetachVolume(vm.Envelope(), volume, null), vm.Ask("detach_volume"));
    }

    /// <summary>A mapping as nova-api and the conductor make it before they send the build.</summary>
    private protected JsonObject Disk(string source, string destination, int? boot, Action<JsonObject>? edit = null)
    {
        var disk = new JsonObject
        {
            ["id"] = World.Conductor.NewId(),
            ["uuid"] = Guid.NewGuid().ToString("D"),
            ["source_type"] = source,
            ["destination_type"] = destination,
            ["boot_index"] = boot,
            ["device_name"] = null,
            ["delete_on_termination"] = destination == "local",
            ["volume_id"] = null,
            ["volume_size"] = null,
            ["attachment_id"] = null,
            ["connection_info"] = null,
            ["guest_format"] = null,
            ["tag"] = null,
        };
        edit?.Invoke(disk);
        return disk;
    }

    private protected JsonObject Root() => Disk("image", "local", 0, disk => disk["image_id"] = World.Image.Id);

    private protected Wanted VolumeBacked(params JsonObject[] disks) => new(World, edit: row => row["image_ref"] = "", disks: disks);

    /// <summary>As nova-api reserves it for a build.</summary>
    private protected void ReservedFor(Wanted vm, string volume)
    {
        var attachment = Parent.Reserve(volume, vm.Uuid);
        World.Conductor.EditBdm(vm.Uuid, bdm => (string?)bdm["volume_id"] == volume, bdm => bdm["attachment_id"] = attachment);
    }

    private protected Task BuildAsync(Wanted vm, CancellationToken cancelled = default) => World.DeliverAsync(vm.BuildCall(), vm.Created, cancelled);

    private protected async Task BuiltAsync(Wanted vm)
    {
        await BuildAsync(vm);
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), vm.Fault);
    }

    /// <summary>A server that boots from this volume.</summary>
    private protected async Task<Wanted> RootedAsync(string root)
    {
        var vm = VolumeBacked(Disk("volume", "volume", 0, disk => disk["volume_id"] = root));
        ReservedFor(vm, root);
        await BuiltAsync(vm);
        return vm;
    }

    /// <summary>
    /// Dies at the first step that changes anything, in the next try at the second, and so on until it gets through. The step takes its effect; a new life
    /// gets the message again.
    /// </summary>
    private protected async Task KilledEverywhereAsync<T>(Func<Task<T>> prepare, Func<T, CancellationToken, Task> deliver, Func<T, string, Task> check, int atLeast)
    {
        for (var step = 1; ; step++)
        {
            var subject = await prepare();
            using var death = new CancellationTokenSource();
            var (seen, at) = (0, "nothing");
            World.Conductor.Before = call => Step(call.ObjectMethod.Contains(".get_", StringComparison.Ordinal) ? null : call.ObjectMethod);
            World.Above.Arriving = World.Child.Arriving = request =>
            {
                Step(request.Method is "GET" || request.Service is "identity" ? null : $"{request.Method} {request.Service} {request.Path}");
                return Task.CompletedTask;
            };
            try
            {
                await deliver(subject, death.Token);
            }
            catch (Exception) when (death.IsCancellationRequested)
            {
            }

            World.Conductor.Before = null;
            World.Above.Arriving = World.Child.Arriving = null;
            var killed = death.IsCancellationRequested;
            if (killed)
            {
                await World.Above.UntilAsync(cloud => cloud.Requests.All(request => request.Status != 0));
                await World.Child.UntilAsync(cloud => cloud.Requests.All(request => request.Status != 0));
                await RebornAsync();
                await deliver(subject, default);
            }

            await check(subject, $"killed at step {step}: {at}");
            if (!killed)
            {
                Assert.That(step, Is.GreaterThan(atLeast), "it has more steps than that");
                return;
            }

            void Step(string? what)
            {
                if (what is not null && Interlocked.Increment(ref seen) == step)
                {
                    at = what;
#pragma warning disable CA1849 // the conductor's hook has no await to give
                    death.Cancel();
#pragma warning restore CA1849
                }
            }
        }
    }

    void Serve() => _ = World.Of<VolumeLooks>().RunAsync(over.Token);
}
