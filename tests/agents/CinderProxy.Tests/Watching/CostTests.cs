using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Watching;

/// <summary>What a look costs the child does not grow with what is there (D7).</summary>
sealed class CostTests : WorldTest
{
    [Test]
    public async Task A_look_at_ten_thousand_volumes_costs_what_one_at_ten_costs()
    {
        Plant(10);
        var few = await LookCostAsync();
        Plant(9_990);
        var many = await LookCostAsync();

        await TestContext.Out.WriteLineAsync($"requests and bytes of a look: {few} with 10 volumes, {many} with 10000");
        Assert.That(many, Is.EqualTo(few));
        Assert.That(few.Requests, Is.EqualTo(2), "one list of volumes and one of snapshots");
    }

    /// <summary>In both clouds, linked, and unchanged for a day.</summary>
    void Plant(int count)
    {
        var ids = new List<(string Parent, string Child)>();
        World.Child.Skew = TimeSpan.FromDays(-1);
        for (var i = 0; i < count; i++)
        {
            var parent = Guid.NewGuid().ToString("D");
            var made = World.Child.Cinder.Make(Api.Project, edit: volume =>
            {
                (volume.UserId, volume.Metadata["cascade_parent_id"], volume.Metadata["cascade_host"]) = (World.Child.Keystone.UserId, parent, World.Host);
            });
            World.Child.Cinder.Change(made.Id, _ => { });
            ids.Add((parent, made.Id));
        }

        World.Child.Skew = TimeSpan.Zero;
        World.Rows.Together(() =>
        {
            foreach (var (parent, child) in ids)
            {
                World.Rows.Insert(
                    "volumes", ("id", parent), ("provider_id", child), ("host", $"{World.Host}#nova"), ("status", "available"), ("size", 1), ("project_id", Api.Project),
                    ("volume_type_id", FakeCinderApi.Gold), ("launched_at", ParentRows.Now), ("use_quota", 1), ("attach_status", "detached"));
            }
        });
    }

    async Task<(int Requests, long Bytes)> LookCostAsync()
    {
        // The audit costs what is there, once in ten minutes; this is about the looks between.
        await World.AuditAsync();
        await World.LookAsync();
        World.Child.ForgetRequests();
        await World.LookAsync();
        var asked = World.Child.Requests;
        return (asked.Count, asked.Sum(request => (long)request.Length));
    }
}
