"""Runs the library of linux-system-roles' network role in the place of Ansible. Usage: system-roles.py ROLE <VARIABLES (JSON)"""
import json
import subprocess
import sys
import types


class AnsibleModule:
    """What the library uses of Ansible's class of that name."""

    check_mode = False

    def __init__(self, argument_spec, supports_check_mode):
        given = {"provider": "initscripts", "__header": "# Ansible managed", **json.load(sys.stdin)}
        self.params = {name: given.get(name, spec.get("default")) for name, spec in argument_spec.items()}

    def run_command(self, argv, encoding=None):
        done = subprocess.run(argv, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def log(self, text):
        pass

    def warn(self, text):
        print(text, file=sys.stderr)

    def exit_json(self, changed, **others):
        print("changed:", changed)
        sys.exit(0)

    def fail_json(self, msg, **others):
        print(msg, file=sys.stderr)
        sys.exit(1)


def package(name, **contents):
    module = sys.modules[name] = types.ModuleType(name)
    module.__dict__.update(__path__=[], **contents)
    return module


role = sys.argv[1]
package("ansible")
utils = package("ansible.module_utils")
utils.__path__ = [role + "/module_utils"]
package("ansible.module_utils.basic", AnsibleModule=AnsibleModule)
sys.path.insert(0, role + "/library")
import network_connections

network_connections.main()
