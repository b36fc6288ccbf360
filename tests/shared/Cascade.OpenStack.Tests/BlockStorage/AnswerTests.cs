using Cascade.OpenStack.BlockStorage;

namespace Cascade.OpenStack.Tests;

/// <summary>Answers as cinder's own samples have them (api-ref/source/v3/samples), cut to what is looked at.</summary>
[TestFixture]
public sealed class AnswerTests : CloudTest
{
    private BlockStorageClient Cinder => Cloud.BlockStorage;

    [Test]
    public async Task A_volume_with_all_it_may_have()
    {
        Says("/volumes/v1", """
            {"volume": {"attachments": [], "availability_zone": "nova", "bootable": "true", "consistencygroup_id": null, "created_at": "2018-11-29T06:50:07.770785",
             "description": "disk", "encrypted": true, "encryption_key_id": "k1", "id": "v1", "links": [], "metadata": {"readonly": "True"}, "migration_status": null, "multiattach": false,
             "name": null, "os-vol-host-attr:host": "h@b#p", "os-vol-mig-status-attr:migstat": null, "os-vol-tenant-attr:tenant_id": "p1", "replication_status": null, "size": 10,
             "snapshot_id": null, "source_volid": "v0", "status": "error", "updated_at": "2018-11-29T06:50:08.000000", "user_id": "u1", "volume_type": "__DEFAULT__", "provider_id": "x",
             "group_id": "g1", "service_uuid": null, "shared_targets": null, "cluster_name": null, "volume_type_id": "t1", "consumes_quota": true,
             "volume_image_metadata": {"image_id": "i1", "min_disk": "0"}}}
            """);
        var volume = await Cinder.Volumes.GetAsync(Scope.Own, "v1", Now);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((volume.Bootable, volume.Encrypted, volume.EncryptionKeyId, volume.ConsumesQuota), Is.EqualTo(((bool?)true, (bool?)true, "k1", (bool?)true)));
            Assert.That((volume.Description, volume.SourceVolid, volume.GroupId, volume.UserId, volume.ProviderId), Is.EqualTo(("disk", "v0", "g1", "u1", "x")));
            Assert.That(volume.UpdatedAt, Is.EqualTo(DateTimeOffset.Parse("2018-11-29T06:50:08Z")));
            Assert.That(volume.VolumeImageMetadata!["image_id"], Is.EqualTo("i1"));
        }
    }

    [TestCase("\"false\"", false)]
    [TestCase("\"none\"", null, TestName = "str(None).lower()")]
    [TestCase("null", null)]
    public async Task Bootable_is_a_word(string said, bool? meant)
    {
        Says("/volumes/v1", $$$"""{"volume": {"id": "v1", "bootable": {{{said}}} }}""");
        Assert.That((await Cinder.Volumes.GetAsync(Scope.Own, "v1", Now)).Bootable, Is.EqualTo(meant));
    }

    [Test]
    public async Task A_snapshot_of_3_65()
    {
        Says("/snapshots/s1", """
            {"snapshot": {"created_at": "2019-03-12T04:42:00.809352", "description": "Daily backup", "id": "s1", "metadata": {"key": "v3"}, "name": "snap-001",
             "os-extended-snapshot-attributes:progress": "0%", "os-extended-snapshot-attributes:project_id": "p1", "size": 10, "status": "creating", "updated_at": null,
             "volume_id": "v1", "group_snapshot_id": null, "user_id": "u1", "consumes_quota": true}}
            """);
        var snapshot = await Cinder.Snapshots.GetAsync(Scope.Own, "s1", Now);
        Assert.That((snapshot.Progress, snapshot.ProjectId, snapshot.UpdatedAt, snapshot.Metadata["key"]), Is.EqualTo(("0%", "p1", (DateTimeOffset?)null, "v3")));
    }

    [Test]
    public async Task One_odd_driver_does_not_hide_the_other_pools()
    {
        Says("/scheduler-stats/get_pools", """
            {"pools": [
             {"name": "h@lvm#pool1", "capabilities": {"total_capacity_gb": 1024, "free_capacity_gb": 100.5, "allocated_capacity_gb": 5, "max_over_subscription_ratio": "20.0",
              "reserved_percentage": 0, "QoS_support": false, "thin_provisioning_support": "True", "multiattach": true, "online_extend_support": true, "cascade_types": ["gold"]}},
             {"name": "h@ceph#pool2", "capabilities": {"total_capacity_gb": "infinite", "free_capacity_gb": "unknown", "multiattach": {"odd": 1}, "reserved_percentage": [1]}},
             {"name": "h@none#pool3", "capabilities": null}]}
            """);
        var pools = await Cinder.Pools.ListAsync(Scope.Own, "gold", Now);
        var (first, second) = (pools[0].Capabilities!, pools[1].Capabilities!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fake.Matching("GET", "/scheduler-stats/get_pools").Single().Query, Is.EqualTo("detail=True&volume_type=gold"));
            Assert.That((pools[0].Backend, first.TotalCapacityGb, first.FreeCapacityGb, first.MaxOverSubscriptionRatio), Is.EqualTo(("h@lvm", (double?)1024, (double?)100.5, (double?)20)));
            Assert.That((first.ThinProvisioningSupport, first.Multiattach, first.QosSupport), Is.EqualTo(((bool?)true, (bool?)true, (bool?)false)));
            Assert.That(first.Other!["cascade_types"][0].GetString(), Is.EqualTo("gold"));
            Assert.That((second.TotalCapacityGb, second.FreeCapacityGb, second.Multiattach, second.ReservedPercentage), Is.EqualTo(((double?)double.PositiveInfinity, (double?)null, (bool?)null, (double?)null)));
            Assert.That(pools[2].Capabilities, Is.Null);
        }
    }

    [Test]
    public async Task Quota_with_usage_by_resource_and_by_type()
    {
        Says("/os-quota-sets/p1", """
            {"quota_set": {"id": "p1", "gigabytes": {"in_use": 7, "limit": 1000, "reserved": 1, "allocated": 0}, "volumes___DEFAULT__": {"in_use": 0, "limit": -1, "reserved": 0}}}
            """);
        var quota = await Cinder.QuotaSets.GetAsync(Scope.Own, "p1", Now);
        Assert.That((quota["gigabytes"], quota["volumes___DEFAULT__"], quota["shares"]), Is.EqualTo((new QuotaUsage(1000, 7, 1), new QuotaUsage(-1, 0, 0), (QuotaUsage?)null)));
    }

    [Test]
    public async Task Limits_with_and_without_usage()
    {
        Says("/limits", """{"limits": {"rate": [], "absolute": {"maxTotalVolumeGigabytes": 1000, "maxTotalVolumes": 10, "totalVolumesUsed": 3, "totalGigabytesUsed": 40}}}""");
        var limits = await Cinder.Limits.GetAsync(Scope.Own, "p1", Now);
        Assert.That((limits.MaxTotalVolumes, limits.TotalGigabytesUsed, limits.TotalSnapshotsUsed), Is.EqualTo((10, (int?)40, (int?)null)));
        Assert.That(Fake.Matching("GET", "/limits").Single().Query, Is.EqualTo("project_id=p1"));
    }

    [Test]
    public async Task What_went_wrong_with_a_volume()
    {
        Says("/messages", """
            {"messages": [{"request_id": "req-c1", "links": [], "message_level": "ERROR", "event_id": "VOLUME_VOLUME_001_004", "created_at": "2014-10-28T00:00:00-00:00",
             "guaranteed_until": "2014-11-28T00:00:00-00:00", "resource_uuid": "v1", "id": "m1", "resource_type": "VOLUME", "user_message": "No storage could be allocated for this volume request."}]}
            """);
        var message = (await AllAsync(Cinder.Messages.ListAsync(Scope.Own, "v1", Now))).Single();
        Assert.That((message.EventId, message.RequestId, message.CreatedAt), Is.EqualTo(("VOLUME_VOLUME_001_004", "req-c1", DateTimeOffset.Parse("2014-10-28T00:00:00Z"))));
        Assert.That(Fake.Matching("GET", "/messages").Single().Query, Is.EqualTo("resource_uuid=v1"));
    }

    [Test]
    public async Task What_a_backend_has()
    {
        Says("/manageable_volumes/detail", """
            {"manageable-volumes": [{"cinder_id": "c1", "reason_not_safe": "already managed", "reference": {"source-name": "volume-c1"}, "safe_to_manage": false, "size": 1, "extra_info": null}]}
            """);
        var volume = (await Cinder.Manageable.VolumesAsync(Scope.Own, "h@b#p", 0, Now)).Single();
        Assert.That(((string?)volume.Reference!["source-name"], volume.SafeToManage, volume.CinderId), Is.EqualTo(("volume-c1", (bool?)false, "c1")));
        Assert.That(Fake.Matching("GET", "/manageable_volumes/detail").Single().Query, Is.EqualTo("host=h%40b%23p"));
    }

    [Test]
    public async Task The_key_of_a_transfer_is_not_printed()
    {
        Fake.On("POST", "/volume-transfers").FailOnce(202, """
            {"transfer": {"accepted": false, "auth_key": "e2cb02466324813c", "created_at": "2023-06-12T21:21:38.392033", "destination_project_id": null, "id": "t1", "name": "first volume",
             "no_snapshots": false, "source_project_id": "p1", "volume_id": "v1"}}
            """);
        var transfer = await Cinder.Transfers.CreateAsync(Scope.Own, new() { VolumeId = "v1" }, Now);
        Assert.That((transfer.AuthKey, transfer.SourceProjectId), Is.EqualTo(("e2cb02466324813c", "p1")));
        Assert.That(transfer.ToString(), Does.Not.Contain(transfer.AuthKey!));
    }

    private void Says(string path, string body) => Fake.On("GET", path).FailOnce(200, body);
}
