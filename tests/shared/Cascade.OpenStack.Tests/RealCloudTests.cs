using System.Diagnostics;
using System.Security.Cryptography;
using Cascade.OpenStack.Compute;
using Cascade.OpenStack.Image;
using Cascade.OpenStack.Placement;

namespace Cascade.OpenStack.Tests;

/// <summary>
/// The same clients against a real cloud, with CASCADE_TEST_IMAGE, a file to boot from.
/// </summary>
[TestFixture]
[Explicit("needs a real cloud; see the summary for the variables")]
public sealed class RealCloudTests : RealCloudTest
{
    [Test]
    public async Task Versions_endpoints_and_the_refusals_of_a_real_cloud()
    {
        foreach (var service in new[] { Cloud.Compute.Service, Cloud.Placement.Service, Cloud.Images.Service, Cloud.Network.Service })
        {
            Say($"{service.Type} {await service.EndpointAsync(Scope.Own, Now)} {await service.VersionsAsync(Scope.Own, Now)}");
        }

        var none = Guid.NewGuid().ToString();
        var asked = new (Func<Task> Work, FaultKind Kind)[]
        {
            (() => Cloud.Compute.Servers.GetAsync(Scope.Own, none, Now), FaultKind.NotFound),
            (() => Cloud.Compute.Flavors.GetAsync(Scope.Own, none, Now), FaultKind.NotFound),
            (() => Cloud.Compute.Keypairs.GetAsync(Scope.Own, none, Now), FaultKind.NotFound),
            (() => Cloud.Images.GetAsync(Scope.Own, none, Now), FaultKind.NotFound),
            (() => Cloud.Network.PortAsync(Scope.Own, none, Now), FaultKind.NotFound),
            (() => Cloud.Placement.Providers.GetAsync(Scope.Own, none, Now), FaultKind.NotFound),
            (() => Cloud.Identity.TokenAsync(Scope.Project(none), Now), FaultKind.Forbidden),
            (() => Cloud.Compute.Servers.CreateAsync(Scope.Own, new ServerCreate { Name = "x", FlavorRef = none, Networks = ServerNetworks.None }, Now), FaultKind.Invalid),
            (() => All(Cloud.Compute.Servers.ListAsync(Scope.Own, new ServerFilter { Marker = none }, Now)), FaultKind.Invalid),
        };
        foreach (var (work, kind) in asked)
        {
            try
            {
                await work();
                Assert.Fail("no fault came");
            }
            catch (CloudFault fault)
            {
                Say($"{fault.Kind} {fault.Status} {fault.Service} {fault.Code}: {fault.Message} ({fault.RequestId})");
                Assert.That(fault.Kind, Is.EqualTo(kind), fault.ToString());
                Assert.That(fault.Message, Does.Not.Contain("<"));
            }
        }
    }

    [Test]
    public async Task What_operators_see()
    {
        var services = await Cloud.Compute.Services.ListAsync(Scope.Own, "nova-compute", null, Now);
        var nodes = await All(Cloud.Compute.Hypervisors.ListAsync(Scope.Own, Now));
        var limits = await Cloud.Compute.Limits.GetAsync(Scope.Own, null, Now);
        var providers = await Cloud.Placement.Providers.ListAsync(Scope.Own, new ResourceProviderFilter(), Now);
        Say(string.Join('\n', services.Cast<object>().Concat(nodes).Append(limits).Concat(providers)));
        foreach (var provider in providers)
        {
            var inventories = await Cloud.Placement.Providers.InventoriesAsync(Scope.Own, provider.Uuid, Now);
            var traits = await Cloud.Placement.Providers.TraitsAsync(Scope.Own, provider.Uuid, Now);
            var usages = await Cloud.Placement.Providers.UsagesAsync(Scope.Own, provider.Uuid, Now);
            await Cloud.Placement.Providers.AggregatesAsync(Scope.Own, provider.Uuid, Now);
            await Cloud.Placement.Providers.AllocationsAsync(Scope.Own, provider.Uuid, Now);
            Say($"{provider.Name} {string.Join(", ", inventories.Classes)} {traits.Traits.Count} traits, used {string.Join(", ", usages.Usages)}");
        }

        if (nodes.Count > 0)
        {
            Say(await Cloud.Compute.Hypervisors.StatisticsAsync(Scope.Own, Now));
        }

        await All(Cloud.Network.PortsAsync(Scope.Own, null, Now));
        await All(Cloud.Network.NetworksAsync(Scope.Own, null, Now));
    }

    [Test]
    public async Task A_provider_lives_and_a_stale_generation_is_a_conflict()
    {
        var providers = Cloud.Placement.Providers;
        var made = await providers.CreateAsync(Scope.Own, Guid.NewGuid().ToString(), Mark, null, Now);
        try
        {
            var classes = new Dictionary<string, Inventory> { ["VCPU"] = new() { Total = 4, MaxUnit = 2 }, ["DISK_GB"] = new() { Total = 10, Reserved = 10 } };
            var after = await providers.PutInventoriesAsync(Scope.Own, made.Uuid, new Inventories(made.Generation, classes), Now);
            var stale = Assert.ThrowsAsync<CloudFault>(() => providers.PutInventoriesAsync(Scope.Own, made.Uuid, new Inventories(made.Generation, classes), Now));
            Assert.That((stale!.Kind, stale.Code), Is.EqualTo((FaultKind.Conflict, CloudFault.PlacementConcurrentUpdate)));
            await Cloud.Placement.Traits.CreateAsync(Scope.Own, "CUSTOM_CASCADE_TEST", Now);
            await Cloud.Placement.Traits.CreateAsync(Scope.Own, "CUSTOM_CASCADE_TEST", Now);
            var traits = await providers.PutTraitsAsync(Scope.Own, made.Uuid, new(after.ResourceProviderGeneration, ["COMPUTE_NODE", "CUSTOM_CASCADE_TEST"]), Now);
            await providers.PutAggregatesAsync(Scope.Own, made.Uuid, new(traits.ResourceProviderGeneration, [Guid.NewGuid().ToString()]), Now);
            Assert.That(await providers.ListAsync(Scope.Own, new() { Name = Mark, Required = ["CUSTOM_CASCADE_TEST"] }, Now), Has.Count.EqualTo(1));
            var taken = Assert.ThrowsAsync<CloudFault>(() => providers.CreateAsync(Scope.Own, Guid.NewGuid().ToString(), Mark, null, Now));
            Say($"{taken!.Code} {taken.Message}");
            var consumer = Guid.NewGuid().ToString();
            var wanted = new ConsumerAllocations
            {
                Allocations = new Dictionary<string, Allocation> { [made.Uuid] = new(new Dictionary<string, int> { ["VCPU"] = 1 }) }, ProjectId = Mark, UserId = Mark,
            };
            await Cloud.Placement.Allocations.PutAsync(Scope.Own, consumer, wanted, Now);
            var again = Assert.ThrowsAsync<CloudFault>(() => Cloud.Placement.Allocations.PutAsync(Scope.Own, consumer, wanted, Now));
            Assert.That(again!.Code, Is.EqualTo(CloudFault.PlacementConcurrentUpdate));
            Assert.That((await Cloud.Placement.Allocations.GetAsync(Scope.Own, consumer, Now)).ConsumerGeneration, Is.Not.Null);
            await Cloud.Placement.Allocations.DeleteAsync(Scope.Own, consumer, Now);
            Assert.That((await Cloud.Placement.Allocations.GetAsync(Scope.Own, consumer, Now)).Allocations, Is.Empty);
        }
        finally
        {
            await providers.DeleteAsync(Scope.Own, made.Uuid, Now);
        }
    }

    [Test]
    public async Task An_image_goes_up_and_comes_down()
    {
        var bytes = RandomNumberGenerator.GetBytes(5_000_000);
        var id = Guid.NewGuid().ToString();
        await Cloud.Images.CreateAsync(
            Scope.Own,
            new ImageCreate { Id = id, Name = Mark, DiskFormat = "raw", ContainerFormat = "bare", Visibility = "private", Properties = new Dictionary<string, string> { ["x_y"] = "z" } },
            Now);
        try
        {
            await Cloud.Images.UploadAsync(Scope.Own, id, new MemoryStream(bytes), null, Now);
            var image = await Cloud.Images.PatchAsync(Scope.Own, id, [ImagePatch.Set("x_y", "w"), ImagePatch.Set("other", "o")], Now);
            Assert.That((image.Status, image.Size, image.Properties!["x_y"].GetString()), Is.EqualTo(("active", (long?)bytes.Length, "w")));
            Assert.That(image.OsHashValue, Is.EqualTo(Convert.ToHexStringLower(SHA512.HashData(bytes))));
            using var down = await Cloud.Images.DownloadAsync(Scope.Own, id, Now);
            using var sink = new MemoryStream();
            await down.Stream.CopyToAsync(sink);
            Assert.That(sink.ToArray(), Is.EqualTo(bytes));
            Assert.That(await All(Cloud.Images.ListAsync(Scope.Own, new ImageFilter { Name = Mark }, Now)), Has.Count.EqualTo(1));
            var taken = Assert.ThrowsAsync<CloudFault>(() => Cloud.Images.CreateAsync(Scope.Own, new ImageCreate { Id = id, DiskFormat = "raw", ContainerFormat = "bare" }, Now));
            Assert.That(taken!.Kind, Is.EqualTo(FaultKind.Conflict), taken.ToString());
            var twice = Assert.ThrowsAsync<CloudFault>(() => Cloud.Images.UploadAsync(Scope.Own, id, new MemoryStream(bytes), bytes.Length, Now));
            Say($"second upload: {twice!.Kind} {twice.Status} {twice.Message}");
        }
        finally
        {
            await Cloud.Images.DeleteAsync(Scope.Own, id, Now);
        }
    }

    [Test]
    public async Task A_server_lives_and_is_found_by_its_stamp_at_every_moment()
    {
        var file = Need("CASCADE_TEST_IMAGE");
        var flavor = await Cloud.Compute.Flavors.CreateAsync(
            Scope.Own, new FlavorCreate { Name = Mark, Vcpus = 1, Ram = 128, Disk = 1, IsPublic = false, Description = "a test" }, Now);
        var image = await Cloud.Images.CreateAsync(Scope.Own, new ImageCreate { Name = Mark, DiskFormat = "qcow2", ContainerFormat = "bare" }, Now);
        string? id = null;
        try
        {
            await Cloud.Compute.Flavors.AddAccessAsync(Scope.Own, flavor.Id, (await Cloud.Identity.ProjectIdAsync(Scope.Own, Now))!, Now);
            await Cloud.Compute.Flavors.SetExtraSpecsAsync(Scope.Own, flavor.Id, new Dictionary<string, string> { ["cascade:test"] = "1" }, Now);
            await using (var bytes = File.OpenRead(file))
            {
                await Cloud.Images.UploadAsync(Scope.Own, image.Id, bytes, bytes.Length, Now);
            }

            await Cloud.Compute.Keypairs.ImportAsync(
                Scope.Own, Mark, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2u0nV7v7a1Zb8o3p0m1mX5i3mVQp1v1JtJrXnTzQkS test", "ssh", Now);
            await Cloud.Compute.Flavors.GetAsync(Scope.Own, flavor.Id, Now);
            var before = Cloud.Clock.Now!.Value;
            var started = Stopwatch.StartNew();
            var made = await Cloud.Compute.Servers.CreateAsync(
                Scope.Own,
                new ServerCreate
                {
                    Name = Mark, FlavorRef = flavor.Id, ImageRef = image.Id, Networks = ServerNetworks.None, KeyName = Mark, Hostname = Mark, Tags = [Mark, "cascade"],
                    Metadata = new Dictionary<string, string> { ["a"] = "b" }, ConfigDrive = true, AdminPass = "s3cretpass", UserData = "IyEvYmluL3NoCg==",
                    Description = "d", SchedulerHints = new Dictionary<string, SchedulerHint> { ["cascade"] = "x" },
                },
                Now);
            id = made.Id;
            Say($"create answered after {started.Elapsed}; admin password echoed: {made.AdminPass is "s3cretpass"}");
            var states = new List<string>();
            Server server;
            do
            {
                var found = await All(Cloud.Compute.Servers.ListAsync(Scope.Own, new ServerFilter { Tags = [Mark] }, Now));
                var changed = await All(Cloud.Compute.Servers.ListAsync(Scope.Own, new ServerFilter { ChangesSince = before }, Now));
                Assert.That(found.Select(one => one.Id), Is.EqualTo(new[] { id }), "the stamp finds it at every moment");
                server = found[0];
                var state = $"{server.Status}/{server.VmState}/{server.TaskState}/{server.PowerState} host {server.Host} changed {changed.Exists(one => one.Id == id)} updated {server.Updated:T}";
                if (states.LastOrDefault() != state)
                {
                    states.Add(state);
                    Say($"{started.Elapsed.TotalSeconds:F2} {state}");
                }
            }
            while (server.Status is "BUILD" && started.Elapsed < TimeSpan.FromMinutes(4));

            Assert.That(server.Status, Is.EqualTo("ACTIVE"), server.Fault?.Message);
            Assert.That((server.Hostname, server.Metadata["a"], server.ConfigDrive, server.KeyName), Is.EqualTo((Mark, "b", "True", Mark)));
            Assert.That(server.LaunchedAt, Is.GreaterThan(before.AddMinutes(-1)));
            Say($"console: {(await Cloud.Compute.Servers.ConsoleOutputAsync(Scope.Own, id, 5, Now)).Length} characters");
            await Cloud.Compute.Servers.AddTagAsync(Scope.Own, id, "more", Now);
            var start = Assert.ThrowsAsync<CloudFault>(() => Cloud.Compute.Servers.StartAsync(Scope.Own, id, Now));
            Say($"{start!.Kind}: {start.Message}");
            Assert.That(start.Kind, Is.EqualTo(FaultKind.Conflict));
            await Cloud.Compute.Servers.RebootAsync(Scope.Own, id, RebootType.Hard, Now);
            await BecomesAsync(id, "ACTIVE");
            await Cloud.Compute.Servers.StopAsync(Scope.Own, id, Now);
            await BecomesAsync(id, "SHUTOFF");
            await Cloud.Compute.Servers.StartAsync(Scope.Own, id, Now);
            await BecomesAsync(id, "ACTIVE");
            var cursor = Cloud.Clock.Now!.Value.AddSeconds(-2);
            await Cloud.Compute.Servers.DeleteAsync(Scope.Own, id, Now);
            while (await Cloud.Compute.Servers.FindAsync(Scope.Own, id, Now) is { } still && started.Elapsed < TimeSpan.FromMinutes(6))
            {
                Say($"{started.Elapsed.TotalSeconds:F2} {still.Status}/{still.TaskState}");
            }

            var gone = await All(Cloud.Compute.Servers.ListAsync(Scope.Own, new ServerFilter { ChangesSince = cursor }, Now));
            Assert.That(gone.Find(one => one.Id == id)?.Status, Is.EqualTo("DELETED"));
            Assert.That(await All(Cloud.Compute.Servers.ListAsync(Scope.Own, new ServerFilter { ChangesSince = cursor, Tags = [Mark] }, Now)), Is.Empty);
            id = null;
        }
        finally
        {
            await TidyAsync(id, flavor.Id, image.Id);
        }
    }

    private async Task BecomesAsync(string id, string status)
    {
        var waited = Stopwatch.StartNew();
        Server server;
        do
        {
            server = await Cloud.Compute.Servers.GetAsync(Scope.Own, id, Now);
        }
        while (server.Status != status && server.Status is not "ERROR" && waited.Elapsed < TimeSpan.FromMinutes(3));
        Say($"{status} after {waited.Elapsed.TotalSeconds:F1} s");
        Assert.That(server.Status, Is.EqualTo(status), server.Fault?.Message);
    }

    private async Task TidyAsync(string? server, string flavor, string image)
    {
        Func<Task>[] steps =
        [
            () => server is null ? Task.CompletedTask : Cloud.Compute.Servers.DeleteAsync(Scope.Own, server, Now),
            () => Cloud.Compute.Keypairs.DeleteAsync(Scope.Own, Mark, Now),
            () => Cloud.Compute.Flavors.DeleteAsync(Scope.Own, flavor, Now),
            () => Cloud.Images.DeleteAsync(Scope.Own, image, Now),
        ];
        foreach (var step in steps)
        {
            try
            {
                await step();
            }
            catch (CloudFault fault)
            {
                Say($"left behind: {fault.Request}: {fault.Message}");
            }
        }
    }
}
