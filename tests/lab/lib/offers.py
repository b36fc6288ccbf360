"""The flavor and the image that tenants find in the parent; idempotent."""
import openstack

cloud = openstack.connect(cloud='parent-admin')
if not cloud.compute.find_flavor('tiny'):
    cloud.compute.create_flavor(name='tiny', ram=96, vcpus=1, disk=1)
if not cloud.image.find_image('tiny'):
    cloud.create_image('tiny', filename='/srv/image/tiny.qcow2', disk_format='qcow2', container_format='bare',
                       visibility='public', min_ram=96, wait=True)
