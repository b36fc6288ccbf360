using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Volumes on their way to another project (cinder/transfer/api.py).</summary>
public sealed partial class FakeCinder
{
    private readonly Dictionary<string, FakeTransfer> transfers = new(StringComparer.Ordinal);

    public IReadOnlyList<FakeTransfer> Transfers => Read(() => transfers.Values.ToList());

    private FakeAnswer HandleTransfers(FakeCall call, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("POST", []):
                return Offer(call);
            case ("POST", [var id, "accept"]):
                return Accept(call, transfers.GetValueOrDefault(id) ?? throw NoTransfer(id));
            case ("GET", ["detail"] or []):
                return ListTransfers(call);
            case ("GET", [var id]):
                return FakeAnswer.Json(200, new JsonObject { ["transfer"] = View(OwnTransfer(call, id)) });
            case ("DELETE", [var id]):
                var transfer = OwnTransfer(call, id);
                transfers.Remove(id);
                SetStatus(volumes[transfer.VolumeId], "available");
                return Accepted;
            default:
                throw NoRoute();
        }
    }

    private FakeAnswer Offer(FakeCall call)
    {
        var asked = call.Body()["transfer"]!.AsObject();
        var volume = Own(call, (string)asked["volume_id"]!);
        if (volume.Status is not "available")
        {
            throw new FakeRefusal(400, "Invalid volume: status must be available");
        }

        var alone = (bool?)asked["no_snapshots"] is true;
        if (!alone && snapshotsOf[volume.Id].FirstOrDefault(one => one.Status is not "available") is { } busy)
        {
            throw new FakeRefusal(400, $"Invalid snapshot: snapshot: {busy.Id} status must be available");
        }

        var transfer = new FakeTransfer(Guid.NewGuid().ToString(), volume.Id, volume.ProjectId, Guid.NewGuid().ToString("N")[..16], alone, cloud.Now)
        {
            Name = (string?)asked["name"],
        };
        transfers.Add(transfer.Id, transfer);
        SetStatus(volume, "awaiting-transfer");
        var view = View(transfer);
        view["auth_key"] = transfer.AuthKey;
        return FakeAnswer.Json(202, new JsonObject { ["transfer"] = view });
    }

    private FakeAnswer Accept(FakeCall call, FakeTransfer transfer)
    {
        if (call.Body()["accept"]!["auth_key"]!.ToString() != transfer.AuthKey)
        {
            throw new FakeRefusal(400, $"Invalid auth key: Attempt to transfer {transfer.Id} with invalid auth key.");
        }

        var volume = volumes[transfer.VolumeId];
        CheckQuota(call.ProjectId, volume.Size, volume.Type);
        var moved = transfer.NoSnapshots ? [] : snapshotsOf[volume.Id].ToList();
        CheckSnapshotQuota(call.ProjectId, moved.Sum(one => one.Size), volume.Type, moved.Count);
        transfers.Remove(transfer.Id);
        moved.ForEach(one => one.ProjectId = call.ProjectId);
        (volume.ProjectId, volume.UserId) = (call.ProjectId, call.Token!.UserId);
        SetStatus(volume, "available");
        return FakeAnswer.Json(202, new JsonObject { ["transfer"] = new JsonObject { ["id"] = transfer.Id, ["volume_id"] = volume.Id, ["name"] = transfer.Name } });
    }

    private FakeAnswer ListTransfers(FakeCall call)
    {
        var everybody = call.IsAdmin && call.Asked("all_tenants") is not null;
        var found = transfers.Values.Where(transfer =>
            (everybody || transfer.ProjectId == call.ProjectId) && (call.Asked("volume_id") is not { } volume || transfer.VolumeId == volume));
        return FakeAnswer.Json(200, new JsonObject { ["transfers"] = new JsonArray([.. found.Select(View)]) });
    }

    private FakeTransfer OwnTransfer(FakeCall call, string id) =>
        transfers.GetValueOrDefault(id) is { } found && (call.IsAdmin || found.ProjectId == call.ProjectId) ? found : throw NoTransfer(id);

    private static FakeRefusal NoTransfer(string id) => new(404, $"Transfer {id} could not be found.");

    private static JsonObject View(FakeTransfer transfer) => new()
    {
        ["id"] = transfer.Id, ["created_at"] = Time(transfer.Created), ["name"] = transfer.Name, ["volume_id"] = transfer.VolumeId, ["no_snapshots"] = transfer.NoSnapshots,
        ["source_project_id"] = transfer.ProjectId, ["destination_project_id"] = null, ["accepted"] = false,
    };
}
