namespace Cascade.CinderProxy.Parent.Database;

internal static partial class Statements
{
    const string AttachmentColumns = "id, volume_id, instance_uuid, attached_host, mountpoint, attach_status, attach_mode, connector, connection_info";

    public static readonly Statement AttachmentGet = new("attachment_get", $"SELECT {AttachmentColumns} FROM volume_attachment WHERE id=@att AND deleted=FALSE");

    public static readonly Statement AttachmentsOf = new("attachments_of",
        $"SELECT {AttachmentColumns} FROM volume_attachment WHERE volume_id=@id AND deleted=FALSE ORDER BY id");

    public static readonly Statement AttachmentsOfMany = new("attachments_of_many",
        $"SELECT {AttachmentColumns} FROM volume_attachment WHERE volume_id IN @ids AND deleted=FALSE ORDER BY volume_id, id");

    public static readonly Statement AttachmentAttaching = new("attachment_attaching",
        """
        UPDATE volume_attachment SET attach_status='attaching', connector=@connector, attached_host=@host, mountpoint=@mp, attach_mode=@mode, attach_time=@now,
        updated_at=@now WHERE id=@att AND deleted=FALSE
        """);

    public static readonly Statement VolumeAttaching = new("volume_attaching",
        "UPDATE volumes SET status='attaching', attach_status='attaching', updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement AttachmentError = new("attachment_error",
        "UPDATE volume_attachment SET attach_status='error_attaching', updated_at=@now WHERE id=@att AND deleted=FALSE");

    public static readonly Statement AttachmentInsert = new("attachment_insert",
        """
        INSERT INTO volume_attachment (created_at, deleted, id, volume_id, instance_uuid, attached_host, mountpoint, attach_time, attach_status, attach_mode)
        VALUES (@now, FALSE, @att, @id, @instance, @host, @mp, @now, 'attached', @mode)
        """);

    public static readonly Statement AttachmentDelete = new("attachment_delete",
        """
        UPDATE volume_attachment SET deleted=TRUE, deleted_at=@now, detach_time=@now, attach_status='detached', updated_at=@now
        WHERE id=@att AND deleted=FALSE
        """);

    public static readonly Statement AttachmentBestStatus = new("attachment_best_status",
        "SELECT MIN(attach_status) AS value FROM volume_attachment WHERE volume_id=@id AND deleted=FALSE AND attach_status NOT LIKE 'error_%'");

    public static readonly Statement VolumeAttachState = new("volume_attach_state",
        "UPDATE volumes SET status=@new, attach_status=@attach, updated_at=@now WHERE id=@id AND deleted=FALSE");
}
