# frozen_string_literal: true

# Chooses, for each request, the database role whose rights Sealwire applies: one connection pool a role.
#
#   # config/database.yml has an entry for each role, app and support; both with the address of Sealwire.
#   class ApplicationRecord < ActiveRecord::Base
#     connects_to database: { support: :support, writing: :app }
#   end
#   # config/application.rb; the roles' names are those of connects_to
#   config.middleware.use SealwireRole, default: :support do |env|
#     :writing if env["warden"]&.user&.sees_personal_data?
#   end
#
# The block says who asks. Whoever it does not know gets the default: name the role that sees the least. What a request
# renders outside the block of `call` (a streamed body) runs with the application's own role: wrap such a body itself.
class SealwireRole
  def initialize(app, default:, &role_of)
    @app = app
    @default = default
    @role_of = role_of
  end

  def call(env)
    ActiveRecord::Base.connected_to(role: @role_of.call(env) || @default) { @app.call(env) }
  end
end

# The same for some controllers alone:
#
#   class CustomersController < ApplicationController
#     include SealwireRole::Controller
#     sealwire_role(default: :support) { :writing if current_user&.sees_personal_data? }
#   end
module SealwireRole::Controller
  def self.included(controller)
    controller.extend(ClassMethods)
  end

  module ClassMethods
    def sealwire_role(default:, &role_of)
      around_action do |controller, action|
        role = controller.instance_exec(&role_of) || default
        ActiveRecord::Base.connected_to(role: role) { action.call }
      end
    end
  end
end
